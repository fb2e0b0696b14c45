from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from documents.files import places
        from meetings import home
        from meetings.models import AgendaItem, Attendance, Ballot, Meeting, MeetingFile, Vote
        from meetings.permissions import can_see, can_see_ballots, told_files
        from meetings.workflow import VoteState

        history_pages.register(
            Meeting,
            can_see=can_see,
            url=lambda one: reverse("meetings:meeting", args=[one.pk]),
            visible=Meeting.objects.visible_to,
            pages=("meetings:meeting", "meetings:minutes"),
        )
        history_pages.include(Meeting, AgendaItem, parent="meeting", subject="title")
        history_pages.include(Meeting, Attendance, parent="meeting", subject="person")
        history_pages.include(Meeting, MeetingFile, parent="meeting", subject="file", told=told_files)
        history_pages.include(Meeting, Vote, parent="item__meeting", subject="item")
        history_pages.register(
            AgendaItem,
            can_see=lambda user, item: can_see(user, item.meeting),
            url=lambda item: reverse("meetings:meeting", args=[item.meeting_id]),
            visible=lambda user: AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(user)),
        )
        history_pages.include(AgendaItem, Vote, parent="item")
        history_pages.register(
            Vote,
            can_see=can_see_ballots,
            url=lambda vote: reverse("meetings:vote", args=[vote.pk]),
            # While it is open, who runs the sitting sees it on its own page.
            visible=lambda user: Vote.objects.exclude(state=VoteState.OPEN).filter(
                item__meeting__in=Meeting.objects.visible_to(user)
            ),
            pages=("meetings:vote",),
        )
        history_pages.include(Vote, Ballot, parent="vote", subject="person")
        history_pages.list_pages("meetings:index")
        places.register(home.places_of_files)

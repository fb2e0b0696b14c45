from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "teams"

    def ready(self) -> None:
        from django.urls import reverse

        from committees.models import Seat, Term
        from common import history_pages, history_words
        from common.notices.models import Choice
        from institution.models import Body, BodyGrant, User
        from institution.permissions import can_see_person
        from teams.models import Membership

        history_pages.register(
            Body,
            can_see=history_pages.anybody,
            url=lambda body: reverse("teams:body", args=[body.pk]),
            pages=("teams:body",),
        )
        history_pages.register(
            User,
            can_see=can_see_person,
            url=lambda person: reverse("teams:person", args=[person.pk]),
            pages=("teams:person",),
        )
        for part in (Seat, Membership):
            history_pages.include(Body, part, parent="body", subject="person")
            history_pages.include(User, part, parent="person", subject="body")
            history_words.call(part, lambda seat: f"{seat.get_role_display()}, {seat.body}")
        history_pages.include(Body, Term, parent="body")
        # Rights stand on the page of who has them: who may see a person may see what they may do.
        history_pages.include(User, BodyGrant, parent="user", subject="permission")
        history_pages.include(User, Choice, parent="person", subject="group")
        history_pages.list_pages("teams:index")

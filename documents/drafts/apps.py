from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "documents.drafts"
    label = "drafts"

    def ready(self) -> None:
        from common import history_pages
        from documents.drafts.models import DraftDecision, DraftVersion, Objection
        from documents.drafts.permissions import can_read
        from documents.drafts.presenters import places_of_sections
        from documents.reports import traces

        traces.register(places_of_sections)
        history_pages.register(
            DraftVersion,
            can_see=lambda user, draft: can_read(user),
            url=DraftVersion.get_absolute_url,
        )
        for part in (DraftDecision, Objection):
            history_pages.include(DraftVersion, part, parent="draft")

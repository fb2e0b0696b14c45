from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "documents.drafts"
    label = "drafts"

    def ready(self) -> None:
        from common import history_pages, history_words
        from documents.drafts import home
        from documents.drafts.models import DraftBlock, DraftDecision, DraftSource, DraftVersion, Objection
        from documents.drafts.permissions import can_read
        from documents.drafts.presenters import places_of_sections, words_of
        from documents.files import places
        from documents.plan.guide import CHAPTER_CHOICES
        from documents.reports import traces

        places.register(home.places_of_files)
        traces.register(places_of_sections)
        history_pages.register(
            DraftVersion,
            can_see=lambda user, draft: can_read(user),
            url=DraftVersion.get_absolute_url,
            pages=("drafts:read", "drafts:approval"),
        )
        for part, parent, subject in (
            (DraftDecision, "draft", "kind"),
            (Objection, "draft", "number"),
            (DraftBlock, "draft", "chapter"),
            (DraftSource, "block__draft", "label"),
        ):
            history_pages.include(DraftVersion, part, parent=parent, subject=subject)
        history_words.say(DraftBlock, "data", words_of)
        titles = dict(CHAPTER_CHOICES)
        history_words.say(DraftBlock, "chapter", lambda code: titles.get(code, code))
        history_words.call(DraftBlock, lambda block: titles.get(block.chapter, block.chapter))
        history_pages.list_pages("drafts:index", "drafts:living", may=can_read)

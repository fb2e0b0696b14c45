from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    name = "institution"

    def ready(self) -> None:
        from django.contrib.auth.models import Permission
        from django.urls import reverse

        from common import history_pages, history_words, mail
        from institution import permissions
        from institution.models import (
            BodyGrant,
            BodyKind,
            CompositionRule,
            LegalRule,
            Municipality,
            PlanPeriod,
            Unit,
        )
        from institution.roles import PERMISSIONS
        from institution.sign_in import events, factors, letters, sealing

        events.listen()
        factors.check_settings()
        sealing.check_settings()
        mail.name_sender(letters.municipality_name)

        anybody = history_pages.anybody
        history_pages.register(
            Municipality, can_see=anybody, url=lambda thing: reverse("institution:settings")
        )
        history_pages.register(
            PlanPeriod,
            can_see=anybody,
            url=lambda thing: reverse("institution:period", args=[thing.pk]),
            pages=("institution:period",),
        )
        history_pages.register(Unit, can_see=anybody, url=lambda thing: reverse("institution:units"))
        history_pages.register(LegalRule, can_see=anybody, url=lambda thing: reverse("institution:law"))
        history_pages.register(BodyKind, can_see=anybody)
        history_pages.include(BodyKind, CompositionRule, parent="kind")
        history_words.call(Permission, lambda right: str(PERMISSIONS.get(right.codename, right.name)))
        history_words.point(BodyGrant, "holding")
        everyones = ("settings", "law", "periods", "units")
        history_pages.list_pages(*(f"institution:{name}" for name in everyones))
        history_pages.list_pages("institution:people", may=permissions.can_see_people)
        history_pages.list_pages("institution:access", may=permissions.can_see_access)

from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    name = "institution"

    def ready(self) -> None:
        from django.contrib.auth.models import Permission
        from django.urls import reverse

        from common import history_pages, history_words
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
        from institution.sign_in import events, factors, sealing

        events.listen()
        factors.check_settings()
        sealing.check_settings()

        def anybody(user, thing=None) -> bool:
            return True  # everybody with a seat; who has none sees no page at all

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
        history_pages.list_pages(anybody, *(f"institution:{name}" for name in everyones))
        history_pages.list_pages(permissions.can_see_people, "institution:people")
        history_pages.list_pages(permissions.can_see_access, "institution:access")

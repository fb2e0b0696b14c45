from django.apps import AppConfig


class InstitutionConfig(AppConfig):
    name = "institution"

    def ready(self) -> None:
        from django.urls import reverse

        from common import history_pages
        from institution.models import LegalRule, Municipality, PlanPeriod, Unit
        from institution.sign_in import events, factors, sealing

        events.listen()
        factors.check_settings()
        sealing.check_settings()

        def anybody(user, thing) -> bool:
            return True  # everybody with a seat; who has none sees no page at all

        history_pages.register(
            Municipality, can_see=anybody, url=lambda thing: reverse("institution:settings")
        )
        history_pages.register(
            PlanPeriod, can_see=anybody, url=lambda thing: reverse("institution:period", args=[thing.pk])
        )
        history_pages.register(Unit, can_see=anybody, url=lambda thing: reverse("institution:units"))
        history_pages.register(LegalRule, can_see=anybody, url=lambda thing: reverse("institution:law"))

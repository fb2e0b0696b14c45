from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "documents.plan"
    label = "plan"

    def ready(self) -> None:
        from common import history_pages
        from documents.plan import models

        for model in (models.Goal, models.Objective):
            history_pages.register(
                model,
                can_see=lambda user, thing: True,  # everybody with a seat reads the plan
                url=lambda thing: thing.get_absolute_url(),
            )
        for part, parent, subject in (
            (models.Cooperation, "objective", "unit"),
            (models.Indicator, "objective", "name"),
            (models.Target, "indicator__objective", "year"),
            (models.PlanActivity, "objective", "name"),
            (models.Risk, "objective", "text"),
            (models.YearlyCost, "objective", "year"),
            (models.CardNote, "objective", "text"),
        ):
            history_pages.include(models.Objective, part, parent=parent, subject=subject)

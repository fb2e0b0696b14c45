from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "documents.plan"
    label = "plan"

    def ready(self) -> None:
        from common import history_pages
        from documents.plan import models
        from institution.models import PlanPeriod

        for model, page in ((models.Goal, "plan:goal"), (models.Objective, "plan:card")):
            history_pages.register(
                model,
                can_see=history_pages.anybody,
                url=lambda thing: thing.get_absolute_url(),
                pages=(page,),
            )
        history_pages.list_pages("plan:index", "plan:costs", "plan:checks")
        # What was removed has no page of its own: it is told on the page of what it stood in.
        for thing, part, parent, subject in (
            (PlanPeriod, models.Outlook, "period", ""),
            (PlanPeriod, models.CoreValue, "period", "name"),
            (PlanPeriod, models.Goal, "period", "title"),
            (models.Goal, models.Objective, "goal", "title"),
            (models.Objective, models.Cooperation, "objective", "unit"),
            (models.Objective, models.Indicator, "objective", "name"),
            (models.Objective, models.Target, "indicator__objective", "year"),
            (models.Objective, models.PlanActivity, "objective", "name"),
            (models.Objective, models.Risk, "objective", "text"),
            (models.Objective, models.YearlyCost, "objective", "year"),
            (models.Objective, models.CardNote, "objective", "text"),
        ):
            history_pages.include(thing, part, parent=parent, subject=subject)

"""Reads of many: goals with their objectives, objectives with their whole cards."""

from common.history import AuditedQuerySet

# What stands on a card besides the objective itself.
PARTS = ("cooperations__unit", "indicators__targets", "activities", "risks", "yearly_costs", "notes")


class ObjectiveQuerySet(AuditedQuerySet):
    def with_card(self):
        """Everything that a card shows, in a number of queries that does not grow with the card."""
        return self.select_related("goal__period", "responsible").prefetch_related(*PARTS)


class GoalQuerySet(AuditedQuerySet):
    def with_cards(self):
        """Goals with their objectives and the whole cards of these."""
        return self.select_related("period").prefetch_related(
            "objectives__responsible", *(f"objectives__{part}" for part in PARTS)
        )


def last_change(objective):
    """When and by whom the card was last changed, whichever of its parts it was; one query."""
    own = ("cooperations", "indicators", "activities", "risks", "yearly_costs", "notes")
    related = {name: objective._meta.get_field(name).related_model for name in own}
    target = related["indicators"]._meta.get_field("targets").related_model
    histories = [
        type(objective).history.filter(id=objective.pk),
        target.history.filter(indicator__objective_id=objective.pk),
        *(model.history.filter(objective_id=objective.pk) for model in related.values()),
    ]
    rows = [
        history.order_by().values("history_date", "history_user_name", "history_for_name")
        for history in histories
    ]
    return rows[0].union(*rows[1:]).order_by("-history_date").first()

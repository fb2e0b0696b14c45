"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("plan", "0001_initial")]

    operations = [
        AppendOnly("HistoricalOutlook"),
        AppendOnly("HistoricalCoreValue"),
        AppendOnly("HistoricalGoal"),
        AppendOnly("HistoricalObjective"),
        AppendOnly("HistoricalCooperation"),
        AppendOnly("HistoricalIndicator"),
        AppendOnly("HistoricalTarget"),
        AppendOnly("HistoricalPlanActivity"),
        AppendOnly("HistoricalRisk"),
        AppendOnly("HistoricalYearlyCost"),
        AppendOnly("HistoricalCardNote"),
    ]

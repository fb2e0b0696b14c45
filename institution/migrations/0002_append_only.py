"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("institution", "0001_initial")]

    operations = [
        AppendOnly("HistoricalMunicipality"),
        AppendOnly("HistoricalUnit"),
        AppendOnly("HistoricalUser"),
        AppendOnly("HistoricalPlanPeriod"),
        AppendOnly("HistoricalBodyKind"),
        AppendOnly("HistoricalCompositionRule"),
        AppendOnly("HistoricalBody"),
        AppendOnly("HistoricalBodyGrant"),
        AppendOnly("HistoricalLegalRule"),
    ]

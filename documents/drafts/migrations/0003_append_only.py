"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("drafts", "0002_initial")]

    operations = [
        AppendOnly("HistoricalDraftVersion"),
        AppendOnly("HistoricalDraftBlock"),
        AppendOnly("HistoricalDraftSource"),
        AppendOnly("HistoricalDraftDecision"),
        AppendOnly("HistoricalObjection"),
        AppendOnly("DraftBlock"),
        AppendOnly("DraftSource"),
        AppendOnly("DraftDecision"),
    ]

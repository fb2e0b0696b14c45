"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("timetable", "0001_initial")]

    operations = [
        AppendOnly("HistoricalActivity"),
    ]

"""Triggers that keep history from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("notices", "0001_initial")]

    operations = [AppendOnly("HistoricalChoice")]

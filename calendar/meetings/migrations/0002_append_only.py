"""Triggers that keep history and what was decided from being changed. Not generated: kept by hand."""

from django.db import migrations

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [("meetings", "0001_initial")]

    operations = [
        AppendOnly("HistoricalMeeting"),
        AppendOnly("HistoricalAgendaItem"),
        AppendOnly("HistoricalAttendance"),
        AppendOnly("HistoricalVote"),
        AppendOnly("HistoricalBallot"),
        AppendOnly("Meeting", when="OLD.state IN ('adjourned', 'closed', 'cancelled')"),
        AppendOnly("Vote", when="OLD.state <> 'open'"),
        AppendOnly("Ballot", when="(SELECT state FROM meetings_vote WHERE id = OLD.vote_id) <> 'open'", shut=True),
    ]

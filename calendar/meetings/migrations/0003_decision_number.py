"""The number of a decision can be mended while its sitting is open, and nothing else of a closed vote."""

from django.db import migrations

from common.audit.operations import AppendOnly

STAYS = (
    "id item_id motion method state opened_at closed_at present needed in_favour against abstaining "
    "chair_side sentence objections"
).split()
SITTING_OPEN = (
    "EXISTS (SELECT 1 FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id "
    "WHERE i.id = OLD.item_id AND m.state = 'open')"
)


def of(row: str) -> str:
    return "(" + ", ".join(f"{row}.{column}" for column in STAYS) + ")"


class Migration(migrations.Migration):

    dependencies = [("meetings", "0002_append_only")]

    operations = [
        AppendOnly(
            "Vote",
            when="OLD.state <> 'open'",
            but=f"{SITTING_OPEN} AND {of('OLD')} IS NOT DISTINCT FROM {of('NEW')}",
        ),
    ]

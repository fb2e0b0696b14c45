"""manage.py periods: one plan period a line, its code and its state, the current one first."""

from django.core.management.base import BaseCommand

from institution.models import PlanPeriod


class Command(BaseCommand):
    help = "List the plan periods: code (2020-2024) and state, the current one first."

    def handle(self, **options):
        current = PlanPeriod.objects.current()
        for period in sorted(PlanPeriod.objects.all(), key=lambda period: period != current):
            self.stdout.write(f"{period.code}\t{period.state}\t{period.badge.label}")

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "common.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from simple_history.signals import post_create_historical_record

        from common.audit import guards
        from common.audit.chain import on_history_row

        post_create_historical_record.connect(on_history_row, dispatch_uid="audit")
        # As the one who comes before all migrations, and as the one after them.
        pre_migrate.connect(guards.lift, sender=self)
        post_migrate.connect(guards.restore, sender=self)

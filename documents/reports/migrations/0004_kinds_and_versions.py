import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.audit.operations import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_contradictions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreporttemplate',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='reporttemplate',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='historicalreportsection',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('table', 'Table'), ('matrix', 'Matrix'), ('list', 'List'), ('figure', 'Figures')], default='text', max_length=6, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='historicaltemplatesection',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('table', 'Table'), ('matrix', 'Matrix'), ('list', 'List'), ('figure', 'Figures')], default='text', max_length=6, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='reportsection',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('table', 'Table'), ('matrix', 'Matrix'), ('list', 'List'), ('figure', 'Figures')], default='text', max_length=6, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='templatesection',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('table', 'Table'), ('matrix', 'Matrix'), ('list', 'List'), ('figure', 'Figures')], default='text', max_length=6, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='HistoricalTemplateVersion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_user_name', models.CharField(editable=False, max_length=200)),
                ('history_for_name', models.CharField(blank=True, default='', editable=False, max_length=200)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('made_at', models.DateTimeField(verbose_name='begun at')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='first requested at')),
                ('sections', models.JSONField(blank=True, default=list, verbose_name='sections')),
                ('history_user_id', models.BigIntegerField(editable=False, null=True)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                ('template', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reports.reporttemplate', verbose_name='template')),
            ],
            options={
                'verbose_name': 'historical version of a template',
                'verbose_name_plural': 'historical version of a templates',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('made_at', models.DateTimeField(verbose_name='begun at')),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='first requested at')),
                ('sections', models.JSONField(blank=True, default=list, verbose_name='sections')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='reports.reporttemplate', verbose_name='template')),
            ],
            options={
                'verbose_name': 'version of a template',
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='historicalreport',
            name='template_version',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reports.templateversion', verbose_name='version of the template'),
        ),
        migrations.AddField(
            model_name='report',
            name='template_version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reports.templateversion', verbose_name='version of the template'),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='template_version_once'),
        ),
        # SQLite makes a table anew to change its column, and its triggers go with the old one.
        AppendOnly("HistoricalReportTemplate"),
        AppendOnly("HistoricalReportSection"),
        AppendOnly("HistoricalTemplateSection"),
        AppendOnly("HistoricalTemplateVersion"),
        AppendOnly("TemplateVersion", when="OLD.frozen_at IS NOT NULL"),
    ]

from django.urls import path

from documents.reports.views import evaluation, reading, requests, templates, writing

app_name = "reports"
urlpatterns = [
    path("reports/", reading.index, name="index"),
    path("reports/new/", requests.request_report, name="request"),
    path("reports/queue/", evaluation.queue, name="queue"),
    path("reports/templates/", templates.index, name="templates"),
    path("reports/templates/new/", templates.add, name="template_add"),
    path("reports/templates/<int:pk>/", templates.template, name="template"),
    path("reports/templates/<int:pk>/change/", templates.change, name="template_change"),
    path("reports/templates/<int:pk>/preview/", templates.preview, name="template_preview"),
    path("reports/templates/<int:pk>/sections/new/", templates.section, name="template_section_add"),
    path("reports/templates/<int:pk>/sections/<int:section_pk>/", templates.section, name="template_section"),
    path("reports/templates/<int:pk>/sections/<int:section_pk>/move/", templates.move, name="template_move"),
    path(
        "reports/templates/<int:pk>/sections/<int:section_pk>/remove/",
        templates.remove,
        name="template_remove",
    ),
    path("reports/<int:pk>/", reading.report, name="report"),
    path("reports/<int:pk>/due/", requests.change_due, name="due"),
    path("reports/<int:pk>/cancel/", requests.cancel, name="cancel"),
    path("reports/<int:pk>/versions/<int:number>/", reading.version, name="version"),
    path("reports/<int:pk>/write/", writing.write, name="write"),
    path("reports/<int:pk>/submit/", writing.submit, name="submit"),
    path("reports/<int:pk>/sections/<int:number>/", writing.section, name="section"),
    path("reports/<int:pk>/sections/<int:number>/save/", writing.save, name="save"),
    path("reports/<int:pk>/sections/<int:number>/check/", writing.check, name="check"),
    path("reports/<int:pk>/sections/<int:number>/files/", writing.attach, name="attach"),
    path(
        "reports/<int:pk>/sections/<int:number>/files/<int:attachment_pk>/remove/",
        writing.detach,
        name="detach",
    ),
    path("reports/<int:pk>/evaluate/", evaluation.evaluate, name="evaluate"),
    path("reports/<int:pk>/evaluate/<int:number>/", evaluation.judge, name="judge"),
    path("reports/<int:pk>/close/", evaluation.close, name="close"),
]

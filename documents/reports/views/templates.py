"""The Directorate's templates: list, edit, order, preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.decisions import Invalid, require
from common.forms import add_refusal, whole_number
from common.turkish import turkish_order
from documents.reports import editions, pages, permissions, services, shapes
from documents.reports.forms import (
    CriterionForms,
    ShowsMarksForm,
    TemplateForm,
    column_forms,
    moved_columns,
    section_form,
    typed_again,
)
from documents.reports.models import ReportTemplate, TemplateSection
from institution.form_pages import form_page, values


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    templates = ReportTemplate.objects.with_counts().order_by(turkish_order("name"))
    context = {"templates": templates, "missing": services.missing_from_guide()}
    return render(request, "reports/templates.html", context)


@require_POST
def add_guide(request: HttpRequest) -> HttpResponse:
    """Bring in the guide's templates that are missing."""
    added = services.add_guide_templates(by=request.user, now=timezone.now())
    told = ngettext(
        "%(n)d template of the guide has been added.",
        "%(n)d templates of the guide have been added.",
        len(added),
    ) % {"n": len(added)}
    messages.success(request, told if added else _("All templates of the guide are there already."))
    return redirect("reports:templates")


def add(request: HttpRequest) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            template = services.save_template(**form.cleaned_data, by=request.user)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The template has been added. Add its sections now."))
            return redirect("reports:template", template.pk)
    context = {
        "form": form,
        "heading": _("New template"),
        "button": _("Add the template"),
        "back": reverse("reports:templates"),
    }
    return render(request, "institution/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    template = get_object_or_404(ReportTemplate, pk=pk)
    context = {
        "template": template,
        "sections": template.sections.all(),
        "report_count": template.reports.count(),
        "editions": editions.of(template),
    }
    return render(request, "reports/template.html", context)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    template = get_object_or_404(ReportTemplate, pk=pk)
    return form_page(
        request,
        TemplateForm(request.POST or None, initial=values(template, TemplateForm)),
        lambda **given: services.save_template(template=template, **given, by=request.user),
        decision=permissions.can_manage_templates(request.user),
        heading=_("Change the template"),
        button=_("Save the template"),
        back=reverse("reports:template", args=[pk]),
        message=_("The template has been saved. Reports already requested keep their sections."),
    )


def section(request: HttpRequest, pk: int, section_pk: int | None = None) -> HttpResponse:
    """Add a section, or change one: its fields, and what its kind has. "move" moves a column and saves nothing."""
    require(permissions.can_manage_templates(request.user))
    template = get_object_or_404(ReportTemplate, pk=pk)
    section = get_object_or_404(template.sections, pk=section_pk) if section_pk else None
    context = {"template": template, "section": section, "lists": shapes.GIVEN.values()}
    if moving := request.POST.get("move"):
        typed = {"form": typed_again(request.POST), "columns": moved_columns(request.POST, moving)}
        return render(request, "reports/template_section.html", context | typed)
    form = section_form(request.POST or None, section)
    columns = column_forms(request.POST or None, section.columns if section and not section.heads else [])
    if request.method == "POST" and form.is_valid() and columns.is_valid():
        try:
            services.save_template_section(
                template=template,
                section=section,
                **form.shape(columns.kept()),
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The section has been saved."))
            return redirect("reports:template", pk)
    page = context | {"form": form, "columns": columns}
    return render(request, "reports/template_section.html", page, status=422 if form.is_bound else 200)


def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team marks reports of this template by."""
    require(permissions.can_manage_templates(request.user))
    template = get_object_or_404(ReportTemplate, pk=pk)
    shown = ShowsMarksForm(request.POST or None, initial={"shows_marks": template.shows_marks})
    rows = CriterionForms(request.POST or None, initial=template.criteria, prefix="criteria")
    refusal = ""
    if request.method == "POST" and shown.is_valid() and rows.is_valid():
        try:
            services.save_criteria(
                template=template,
                criteria=rows.kept(),
                **shown.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refused:
            refusal = str(refused.message)
        else:
            messages.success(
                request, _("The criteria have been saved. Reports already requested keep theirs.")
            )
            return redirect("reports:template", pk)
    context = {"template": template, "form": shown, "rows": rows, "refusal": refusal}
    return render(
        request, "reports/template_criteria.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
def move(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    section = get_object_or_404(TemplateSection, template=pk, pk=section_pk)
    steps = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    section.number = whole_number(request.POST.get("number"), section.number)
    moved = services.move_section(section=section, steps=steps, by=request.user, now=timezone.now())
    messages.success(
        request, _("“%(title)s” is number %(n)d now.") % {"title": moved.title, "n": moved.number}
    )
    return redirect("reports:template", pk)


@require_POST
def remove(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    require(permissions.can_manage_templates(request.user))
    section = TemplateSection.objects.filter(template=pk, pk=section_pk).first()
    if section:  # pressed twice, the second press finds it gone
        services.remove_section(section=section, by=request.user, now=timezone.now())
        messages.success(request, _("“%(title)s” has been removed.") % {"title": section.title})
    return redirect("reports:template", pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as the group will see it."""
    require(permissions.can_manage_templates(request.user))
    template = get_object_or_404(ReportTemplate, pk=pk)
    return render(
        request, "reports/preview.html", {"template": template, "sections": pages.preview(template)}
    )

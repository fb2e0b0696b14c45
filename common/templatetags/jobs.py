"""What a page may offer about a job."""

from django import template

register = template.Library()


@register.filter
def may_be_retried_by(job, person) -> bool:
    return bool(job.handler.can_retry(person, job))

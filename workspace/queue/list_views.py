"""What an office keeps for its lists: its tags, and what its caseworkers can work on."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import end_tag, make_tag, set_skills
from cases.assigning import skills_of
from cases.models import Trained
from cases.queries import caseworkers_of
from cases.tagging import tags_of
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.forms import posted
from foundation.languages import language_name
from workspace.queue.many_forms import SkillsForm, TagForm


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: StaffRequest) -> HttpResponse:
    """Show the office's tags, and take a new one."""
    form, status = TagForm(posted(request)), 200
    if form.is_bound:
        acted = act(request, partial(make_tag, request.office), form=form, done=_("The tag is on the list."))
        if acted.is_done:
            return redirect("workspace:tags")
        status = acted.status
    context = {"form": form, "tags": tags_of(request.office)}
    return render(request, "workspace/tags.html", context, status=status)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a tag off the list."""
    tag = get_object_or_404(tags_of(request.office), pk=pk)
    act(request, partial(end_tag, tag), done=_("The tag is ended. No case gets it any more."))
    return redirect("workspace:tags")


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_safe
def skills(request: StaffRequest) -> HttpResponse:
    """Show what each caseworker can work on."""
    said = {one.user_id: one for one in skills_of(request.office)}
    rows = []
    for person in caseworkers_of(request.office):
        one = said.get(person.pk)
        languages = [language_name(each) for each in one.languages] if one else []
        trained = [str(Trained(each).label) for each in one.trained_for] if one else []
        rows.append((person, one, languages, trained))
    return render(request, "workspace/skills.html", {"rows": rows})


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def skills_of_one(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what one caseworker can work on."""
    person = get_object_or_404(User, pk=pk, pk__in=[user.pk for user in caseworkers_of(request.office)])
    kept = skills_of(request.office).filter(user=person).first()
    said = {"languages": kept.languages, "trained_for": kept.trained_for} if kept else {}
    form, status = SkillsForm(posted(request), initial=said), 200
    if form.is_bound:
        acted = act(
            request, partial(set_skills, person), form=form, done=_("Take next goes by it from now on.")
        )
        if acted.is_done:
            return redirect("workspace:skills")
        status = acted.status
    return render(request, "workspace/skills_of.html", {"form": form, "person": person}, status=status)

"""The style guide: every component in its states, for whoever builds a page. Not in production."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.models import Status
from foundation.accounts.access import public
from intake.questionnaire.names import Name
from screening.models import Band


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "form": Name({"given_names": "", "family_name": ""}),
        "badges": [state.badge for state in (*Band, *Status)],
    }
    return render(request, "styleguide.html", context)

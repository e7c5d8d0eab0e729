"""The style guide: every component in its states, for whoever builds a page. Not in production."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.access import public
from intake.forms import FullName


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", {"form": FullName({"given_names": "", "family_name": ""})})

"""Addresses that came with a request: which of them lead to a page of ours."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme


def leads_somewhere(request: HttpRequest, address: str | None) -> bool:
    """Tell whether an address is that of a page of ours, on this site."""
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return False
    return bool(is_valid_path(urlsplit(str(address)).path))


def next_page(request: HttpRequest) -> str:
    """Return where someone wanted to go, if there is such a page on this site, or their home page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if leads_somewhere(request, wanted) else resolve_url(settings.LOGIN_REDIRECT_URL)


def came_from(request: HttpRequest) -> str:
    """Return the page of ours that a post was sent from, or the home page."""
    address = request.META.get("HTTP_REFERER", "")
    if not leads_somewhere(request, address):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}".rstrip("?")

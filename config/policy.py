"""The header that says what a page may load and where its forms may go: made once, the same for all."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class Policy(CSPMiddleware):
    """The library's, which makes the header anew for each answer: here for one that has its own alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        has_own = any(name.startswith("_csp") for name in (*vars(response), *vars(request)))
        if has_own or settings.DEBUG or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = self._plain()
        return response

    def _plain(self) -> str:
        if self.made is None:
            self.made = build_policy()
        return self.made

    made: str | None = None

"""Every process of the running application is heard of, and any web process answers for all of them."""

import json
import re
import urllib.request

import pytest

from tests.running import running_stack, wait_until


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("heard", tmp_path_factory.mktemp("heard")) as stack:
        yield stack


def ask(stack, path):
    with urllib.request.urlopen(stack.url + path) as answer:  # noqa: S310  our own
        return answer.read().decode()


def test_worker_schedule_and_names_are_heard_of_and_the_worker_has_looked(stack):
    def parts():
        return json.loads(ask(stack, "/health/ready"))

    wait_until(lambda: {parts()[name] for name in ("worker", "beat", "names")} == {"ok"}, 90)
    wait_until(lambda: parts().get("queues") == "ok", 90)
    assert parts()["sealing"] == "ok"


def test_what_both_web_processes_counted_is_one_figure(stack):
    def requests():
        found = re.findall(
            r'intake_requests_total{answer="2xx",method="GET"} ([\d.]+)', ask(stack, "/metrics")
        )
        return float(found[0]) if found else 0

    before = requests()
    for _ in range(20):
        ask(stack, "/health/live")
    assert requests() >= before + 20

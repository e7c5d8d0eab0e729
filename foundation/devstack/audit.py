"""Does a package we lock have a known vulnerability? `python -m foundation.devstack.audit`

Asks the package index for each package of requirements/dev.txt, which holds all others. Where it cannot be
reached, or does not answer for packages, that is said and nothing fails: a check must not need the network.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from foundation.house import ROOT

LOCK = "requirements/dev.txt"
SECONDS = 90


@dataclass
class Audit:
    """What was asked: `weak` are packages with a known vulnerability, `asked` and `unknown` how many."""

    asked: int = 0
    unknown: int = 0
    weak: list[str] = field(default_factory=list)


def main() -> int:
    """Print what was found, and return 1 only for a known vulnerability."""
    tool = Path(sys.executable).parent / "pip-audit"
    command = [str(tool), "-r", LOCK, "--no-deps", "--disable-pip", "--format", "json", "--timeout", "10"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
        audit = read(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        print(f"skipped: the index of known vulnerabilities did not answer ({type(error).__name__})")
        return 0
    if audit.asked == audit.unknown:
        print(f"skipped: the index reached here knows nothing of vulnerabilities ({audit.asked} packages)")
        return 0
    print(f"{audit.asked - audit.unknown} packages asked about, {audit.unknown} not known there")
    for line in audit.weak:
        print(line)
    return 1 if audit.weak else 0


def read(answer: str) -> Audit:
    """Read what pip-audit printed; ValueError where it printed nothing that can be read."""
    packages = json.loads(answer)["dependencies"]
    audit = Audit(asked=len(packages))
    for package in packages:
        audit.unknown += "skip_reason" in package
        for found in package.get("vulns", []):
            mended = ", ".join(found["fix_versions"]) or "no version yet"
            audit.weak.append(f"{package['name']} {package['version']}: {found['id']}, mended in {mended}")
    return audit


if __name__ == "__main__":
    sys.exit(main())

"""A half of a backup to where it shall lie: as one stream of tar, into a command of the operator's.

`ssh holder@box 'tar -x -C /srv/intake'`, `rclone rcat remote:intake/{name}.tar`: which tool, and whose keys
it uses, is theirs to choose. What goes through is sealed already, and comes back with `tar -x`.
"""

import shlex
import subprocess
import tarfile
from pathlib import Path


class NotSent(RuntimeError):
    """A half lies here and did not get to where it shall lie; the message says what the command said."""


def send(folder: Path, command: str) -> None:
    """Give a half to a command that ends with 0 once it has all of it. Raises NotSent.

    Nothing is sent with an empty command. `{name}` in the command is the half's own name.
    """
    if not command:
        return
    words = [word.replace("{name}", folder.name) for word in shlex.split(command)]
    try:
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            assert process.stdin and process.stderr  # noqa: S101  # nosec B101  asked for above
            broke = _write(folder, process)
            said = process.stderr.read().decode(errors="replace").strip()
    except OSError as error:
        raise NotSent(f"{words[0]} cannot be started ({error.strerror}).") from error
    if process.returncode or broke:
        raise NotSent(f"{words[0]} ended with {process.returncode}: {said[-300:]}")


def _write(folder: Path, process: "subprocess.Popen[bytes]") -> bool:
    """Write the half as tar; True where the command stopped reading before its end."""
    try:
        with tarfile.open(mode="w|", fileobj=process.stdin) as tar:
            tar.add(folder, folder.name)
        process.stdin.close()  # type: ignore[union-attr]
    except BrokenPipeError:
        return True
    return False

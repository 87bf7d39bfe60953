"""How vLLM is started here, on a GPU and on a bare CPU, and how it is ended.

The flags for a CPU are those with which it works: an explicit size of the key/value cache, no
chunked prefill (a seed together with a chunk kills the engine), plain float32. vLLM lives in an
environment of its own, because it pins versions of half of Python's machine-learning packages.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import platformdirs
import psutil

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.lean.project import project_root

PYTHON = "AUTORESEARCH_SERVE_PYTHON"
"""Environment variable: the interpreter that has vLLM."""

LORA_MODULES = (
    *("q_proj", "k_proj", "v_proj", "qkv_proj", "o_proj"),
    *("gate_proj", "up_proj", "gate_up_proj", "down_proj"),
)
"""What an adapter may change on a CPU: all but the output layer, for which log-probabilities of a
prompt together with adapters end the engine (``add_lora_logits`` in vLLM 0.32)."""

START_SECONDS = 300.0
GRACE = 10.0


def serve_environment() -> Path:
    """Where `make serve-env` puts the serving environment of this version of its lock file."""
    lock = project_root() / "requirements" / "serve.lock"
    key = hashlib.sha256(lock.read_bytes()).hexdigest()[:12] if lock.is_file() else "none"
    return Path(platformdirs.user_cache_dir("autoresearch-formal")) / f"serve-{key}"


def interpreter() -> Path:
    """A Python with vLLM. Raises `MissingTool` saying how to get one."""
    named = os.environ.get(PYTHON)
    places = [Path(named)] if named else [serve_environment() / "bin" / "python"]
    own = shutil.which("vllm")
    if own and not named:
        places.append(Path(own).with_name("python"))
    for place in places:
        if place.exists():
            return place
    raise MissingTool(
        "vLLM is not installed here; with a GPU: pip install 'autoresearch-formal[gpu]'; "
        "without one: scripts/install_cpu_serve.sh (or make serve-env)"
    )


def has_gpu() -> bool:
    """Whether an NVIDIA driver sees a GPU."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    done = subprocess.run([tool, "-L"], capture_output=True, text=True, timeout=30, check=False)
    return done.returncode == 0 and "GPU " in done.stdout


def command(
    model: Path,
    host: str,
    port: int,
    gpu: bool,
    context: int,
    python: Path | None = None,
    name: str = "",
    lora_rank: int = 0,
) -> list[str]:
    """The server's command line. The ``vllm`` command itself fails in the CPU package.

    ``lora_rank`` > 0 makes room for adapters up to that rank, one at a time.
    """
    common = [
        str(python or interpreter()),
        "-m",
        "vllm.entrypoints.openai.api_server",
        *("--model", str(model.resolve()), "--served-model-name", name or model.resolve().name),
        *("--host", host, "--port", str(port), "--max-model-len", str(context)),
        *("--generation-config", "vllm", "--max-num-seqs", "256"),
    ]
    if lora_rank:
        common += ["--enable-lora", "--max-lora-rank", str(lora_rank)]
        if not gpu:
            common += ["--lora-target-modules", *LORA_MODULES]
    if gpu:
        return [*common, "--dtype", "bfloat16", "--enable-prefix-caching"]
    return [
        *common,
        *("--dtype", "float32", "--enforce-eager", "--no-enable-chunked-prefill"),
        *("--kv-cache-memory-bytes", str(256 * 2**20)),
        *("--max-num-batched-tokens", str(max(8192, context))),
    ]


def environment() -> dict[str, str]:
    """Environment of the server: no network, no usage statistics, reloading of weights allowed."""
    return {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_SERVER_DEV_MODE": "1",
        "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True",
        "VLLM_CPU_KVCACHE_SPACE": "1",
    }


def free_port(host: str = "127.0.0.1") -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server in a process group of its own; use as a context manager, or `end` it."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    @classmethod
    def start(
        cls, argv: Sequence[str], env: dict[str, str], url: str, log: Path, wait: bool = True
    ) -> Server:
        """Start and wait until healthy. Raises `MissingTool` with the log's end if it dies."""
        with log.open("ab") as handle:
            process = subprocess.Popen(
                list(argv),
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = cls(process, url, log)
        if wait:
            try:
                server.wait_healthy(START_SECONDS)
            except BaseException:
                server.end()
                raise
        return server

    def wait_healthy(self, seconds: float) -> None:
        """Until ``/health`` says yes. Raises `MissingTool`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/health", timeout=2.0).status_code == 200:
                    return
            time.sleep(0.25)
        text = self.log.read_text(encoding="utf-8", errors="replace").strip()
        last = [line for line in text.splitlines() if "Error" in line][-1:] or [text[-300:]]
        raise MissingTool(f"the model server did not start: {last[0].strip()} (log: {self.log})")

    def end(self) -> None:
        """End the whole process group: ask, wait, then insist."""
        members = self._members()
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)
            _, alive = psutil.wait_procs(members, timeout=GRACE)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.1 if alive else GRACE)
            if not alive:
                return

    def _members(self) -> list[psutil.Process]:
        try:
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.Error:
            return []

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

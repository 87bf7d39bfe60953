"""The leak probe: its statistics, and real HTTP against models that know and that do not.

The models here are stand-ins on purpose: a probe can only be tested on models whose knowledge
is known. `KNOWING` answers from the chronology; `IGNORANT` scores every text by a hash.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.mask import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Chronology
from autoresearch_formal.mask.probe import (
    HttpScorer,
    clues,
    items,
    questions,
    run_probe,
    wilson,
)

TABLE = Chronology.load()
KNOWN = {(item.prompt, item.answer) for bucket in items(TABLE, 1823) for item in bucket}
VISIBLE = {(item.prompt, item.answer) for item in items(TABLE, 1823)[1]}


def _noise(text: str) -> float:
    digest = hashlib.sha256(text.encode()).digest()
    return -20.0 * int.from_bytes(digest[:4], "big") / 2**32


def ignorant(prompt: str, continuation: str) -> float:
    return _noise(prompt + continuation)


def knowing(prompt: str, continuation: str) -> float:
    return _noise(prompt + continuation) + (40.0 if (prompt, continuation) in KNOWN else 0.0)


def of_1823(prompt: str, continuation: str) -> float:
    return _noise(prompt + continuation) + (40.0 if (prompt, continuation) in VISIBLE else 0.0)


Model = Callable[[str, str], float]


def serve(model: Model, prompts: set[str]) -> Iterator[str]:
    """A completions server with echo and logprobs around a stand-in model."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({"data": [{"id": "stand-in"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert body["echo"]
            assert body["model"] == "stand-in"
            text = body["prompt"]
            prompt = max((p for p in prompts if text.startswith(p)), key=len)
            continuation = text[len(prompt) :]
            half = len(continuation) // 2
            tokens = [prompt, continuation[:half], continuation[half:], "!"]
            score = model(prompt, continuation)
            offsets = [0, len(prompt), len(prompt) + half, len(text)]
            logprobs = {
                "tokens": tokens,
                "token_logprobs": [None, score / 2, score / 2, -1.0],
                "text_offset": offsets,
            }
            self._send({"choices": [{"text": text + "!", "logprobs": logprobs}]})

        def _send(self, document: object) -> None:
            data = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


PROMPTS = {prompt for prompt, _ in KNOWN}


def test_a_knowing_model_is_flagged_over_http() -> None:
    for url in serve(knowing, PROMPTS):
        with HttpScorer(url) as scorer:
            report = run_probe(questions(TABLE, 1823, limit=120), scorer)
        assert report.leaks
        assert report.rows[0].share > 0.9


def test_the_command_line_flags_it(tmp_path: object) -> None:
    for url in serve(knowing, PROMPTS):
        done = CliRunner().invoke(command, ["probe", "--url", url, "--limit", "60", "--json"])
        assert done.exit_code == 1, done.output
        assert json.loads(done.stdout)["leaks"]


def test_an_ignorant_model_is_at_chance_over_http() -> None:
    for url in serve(ignorant, PROMPTS):
        with HttpScorer(url) as scorer:
            report = run_probe(questions(TABLE, 1823), scorer)
        assert not report.leaks
        assert report.rows[0].low < 0.5 < report.rows[0].high


def test_a_model_of_1823_passes_and_the_control_shows_its_power() -> None:
    report = run_probe(questions(TABLE, 1823), lambda pairs: [of_1823(p, c) for p, c in pairs])
    rows = {row.what: row for row in report.rows}
    assert not report.leaks
    assert rows["visible (control), all"].low > 0.5


@pytest.mark.parametrize("seed", range(20))
def test_ignorance_is_flagged_for_no_seed(seed: int) -> None:
    def scorer(pairs: object) -> list[float]:
        return [_noise(f"{seed}{p}{c}") for p, c in pairs]  # type: ignore[attr-defined]

    assert not run_probe(questions(TABLE, 1823, seed=seed), scorer).leaks


def test_word_frequency_alone_scores_exactly_half() -> None:
    """A model that only prefers some answers to others gains nothing: every pair is a tie."""
    report = run_probe(questions(TABLE, 1823), lambda pairs: [float(len(c)) for _, c in pairs])
    assert report.rows[0].share == 0.5


def test_pairs_are_disjoint_and_clues_do_not_contain_their_answer() -> None:
    asked = questions(TABLE, 1823, limit=10_000)
    used = [item for pair in asked for item in (pair.first, pair.second)]
    assert len(used) == len(set(used))
    assert sum(pair.masked for pair in asked) >= 100
    assert sum(not pair.masked for pair in asked) >= 30
    for clue in clues():
        assert clue.answer.lower() not in clue.text.lower(), clue
        assert clue.concept in TABLE.by_id, clue


def test_wilson_against_published_values() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: 81 of 263 at 95 %."""
    low, high = wilson(81, 263, 0.95)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_server_without_logprobs_is_one_clear_line() -> None:
    with HttpScorer("http://127.0.0.1:9") as scorer, pytest.raises(UsageFault) as fault:
        scorer([("a", "b")])
    assert "\n" not in fault.value.message.strip()

"""Runs on a Ray cluster of two node processes: the bytes of a local run, whatever is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="needs Ray: pip install 'copydesk[ray]'")

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-c", "from copydesk.cli import main; main()", "run", "rough.yaml", "in.jsonl"]
OPTIONS = ["--plugin", str(HERE / "rough.py"), "--workers", "2", "-q", "--chunk-bytes", "500"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a cluster of two nodes on this machine, each with a processor."""
    from ray.cluster_utils import Cluster

    before = os.environ.get("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO")
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"
    node = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    yield cluster.address
    cluster.shutdown()
    if before is None:
        del os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"]


@pytest.fixture
def desk(tmp_path, address):
    (tmp_path / "rough.yaml").write_text("name: rough\nsteps:\n  - use: rough\nlimits:\n  seconds: 1\n")

    def write(texts):
        lines = [json.dumps({"id": f"d{number}", "text": text}) for number, text in enumerate(texts)]
        (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
        return tmp_path

    return write


def run(cwd, *arguments, code=0, start=False):
    command = [*COMMAND, *OPTIONS, *arguments]
    if start:
        return subprocess.Popen(command, cwd=cwd)
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    return done


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("parts/part-*[0-9].jsonl"))}


def workers_of_ray():
    """The processes of Ray's workers that run our task."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if line.startswith(b"ray::_do"):
                found.append(int(folder.name))
    return found


def test_the_bytes_of_a_local_run_with_the_poison_and_the_hanging_document_set_aside(desk, address):
    texts = [f"text {number}" for number in range(40)]
    texts[7], texts[23] = "DIE", "HANG"
    cwd = desk(texts)
    run(cwd, "-o", "local", code=3)
    run(cwd, "-o", "cluster", "--engine", "ray", "--ray-address", address, code=3)
    assert content(cwd / "cluster") == content(cwd / "local")
    dead = [
        json.loads(line)
        for part in (cwd / "cluster" / "parts").glob("*.errors.jsonl")
        for line in part.read_text().splitlines()
    ]
    assert sorted((one["id"], one["error"]) for one in dead) == [("d23", "LimitError"), ("d7", "WorkerError")]
    assert not [path for path in (cwd / "cluster" / "parts").iterdir() if path.name.endswith(".at")]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds Ray's workers under /proc")
def test_workers_and_the_driver_are_killed_and_the_run_ends_the_same(desk, address):
    cwd = desk([f"SLOW {number}" for number in range(100)])
    run(cwd, "-o", "local")
    on_ray = ("-o", "cluster", "--engine", "ray", "--ray-address", address, "--resume")
    driver = run(cwd, *on_ray, start=True)
    killed = 0
    deadline = time.monotonic() + 60
    while killed < 2 and driver.poll() is None and time.monotonic() < deadline:
        for worker in workers_of_ray()[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
        time.sleep(0.3)
    driver.kill()
    driver.wait()
    assert killed == 2
    run(cwd, *on_ray)
    assert content(cwd / "cluster") == content(cwd / "local")

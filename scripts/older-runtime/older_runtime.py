"""Runs one TFLite file on pictures, with the runtime of this Python: tflite-runtime, else ai-edge-litert.

Usage: older_runtime.py                  prints {"package": ..., "version": ..., "python": ...}
       older_runtime.py MODEL PICTURES   PICTURES holds model inputs one after another, as the model takes them
Prints {"answers": [[stored values of the output] of each picture]}, or {"refused": what the runtime said}.
Ends with 2, and a sentence on stderr, when no runtime is there.
"""

import json
import platform
import sys
from importlib import import_module
from importlib.metadata import version

RUNTIMES = {"tflite-runtime": "tflite_runtime", "ai-edge-litert": "ai_edge_litert"}


def find_runtime():
    """The first runtime that is there: (package, module with Interpreter)."""
    problems = []
    for package, module in RUNTIMES.items():
        try:
            return package, import_module(module + ".interpreter")
        except ImportError as problem:
            problems.append(str(problem))
    print("; ".join(problems), file=sys.stderr)
    sys.exit(2)


def run(interpreter, pictures):
    wanted = interpreter.get_input_details()[0]
    output = interpreter.get_output_details()[0]["index"]
    stored = numpy.fromfile(pictures, dtype=wanted["dtype"])
    answers = []
    for picture in stored.reshape([-1, *wanted["shape"]]):
        interpreter.set_tensor(wanted["index"], picture)
        interpreter.invoke()
        answer = interpreter.get_tensor(output).flatten()
        if not numpy.isfinite(answer).all():
            raise ValueError("it answers values that are not numbers")
        answers.append(answer.tolist())
    return answers


package, runtime = find_runtime()
import numpy  # after the runtime: without one, its absence is what has to be told

if len(sys.argv) == 1:
    answer = {
        "package": package,
        "version": version(package),
        "python": platform.python_version(),
    }
else:
    try:
        interpreter = runtime.Interpreter(model_path=sys.argv[1], num_threads=1)
        interpreter.allocate_tensors()
        answer = {"answers": run(interpreter, sys.argv[2])}
    except (RuntimeError, ValueError) as problem:
        answer = {"refused": str(problem)}
json.dump(answer, sys.stdout)

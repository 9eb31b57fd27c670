"""Times TFLite files with the interpreter of Python's ai-edge-litert package, one thread.

Usage: python_interpreter.py FILE...
Prints {"version": ...}. Then, for each line "NUMBER RUNS" on standard input, runs the file of that number so
often (and once before, untimed) and prints {"ms": [milliseconds of each inference]}: whoever asks can take turns
with it, so that a busy moment of the machine meets both.
"""

import json
import sys
import time
from importlib.metadata import version

import numpy
from ai_edge_litert.interpreter import Interpreter


def load(path):
    interpreter = Interpreter(model_path=path, num_threads=1)
    interpreter.allocate_tensors()
    wanted = interpreter.get_input_details()[0]
    value = 0.1 if wanted["dtype"] == numpy.float32 else 140
    picture = numpy.full(wanted["shape"], value, dtype=wanted["dtype"])
    given = interpreter.get_output_details()[0]["index"]

    def run():
        interpreter.set_tensor(wanted["index"], picture)
        start = time.perf_counter()
        interpreter.invoke()
        ms = (time.perf_counter() - start) * 1000
        interpreter.get_tensor(given)
        return ms

    return run


def say(answer):
    print(json.dumps(answer), flush=True)


models = [load(path) for path in sys.argv[1:]]
say({"version": version("ai-edge-litert")})
for line in sys.stdin:
    number, runs = (int(word) for word in line.split())
    models[number]()
    say({"ms": [models[number]() for _ in range(runs)]})

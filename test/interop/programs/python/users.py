"""The records that all programs work on, and the way they tell what their client answers."""

import json
import traceback

SET = "users"


def user(number):
    return {
        "name": f"user-{number}",
        "age": 20 + number,
        "group": "odd" if number % 2 else "even",
        "score": number + 0.5,
        "active": number % 3 == 0,
        "photo": bytes([number, 255]),
        "tags": [f"t{number % 3}", "all"],
        "address": {"city": "Bern" if number % 2 else "Rome", "zip": 1000 + number},
    }


def key(name, namespace="test", set_name=SET):
    return (namespace, set_name, name)


def report(sections):
    """Prints an object in JSON: what each section answers, or the error that ended it."""
    answers = {}
    for section in sections:
        try:
            answers[section.__name__] = section()
        except Exception:
            answers[section.__name__] = traceback.format_exc()
    print(json.dumps(answers, default=lambda value: value.hex()))

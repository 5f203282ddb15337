"""Writes the data snapshot: card transactions, about one in eight fraudulent. The same bytes every time.

usage: python make_data.py OUT.csv
"""
import csv
import math
import random
import sys

COLUMNS = [
    "transaction_id", "amount", "hour", "n_prev_24h", "is_foreign", "distance_km", "merchant", "is_fraud",
]
# Commas, quotes and a line break: counting lines is not counting records.
MERCHANTS = [
    "Bäckerei Huber", "Bahnhof Apotheke", 'Café "Zur Post", Graz', "Elektro Novak", "Gasthof\nAlte Mühle", "Hofladen",
    "Kiosk 7", "Möbel, Licht & Co", "Nordwind Reisen", "Tankstelle Süd",
]
ROWS = 400


def row(random_, number):
    amount = math.exp(random_.gauss(3.4, 1.0))
    hour = random_.randrange(24)
    n_prev = min(int(random_.expovariate(0.45)), 15)
    foreign = int(random_.random() < 0.18)
    distance = random_.expovariate(1 / 12) + foreign * random_.expovariate(1 / 400)
    night = hour < 6
    score = -9.0 + 1.1 * math.log(amount) + 0.75 * n_prev + 2.6 * foreign + 1.8 * night
    fraud = int(random_.random() < 1 / (1 + math.exp(-1.7 * score)))
    # Some terminals report no place.
    place = "" if random_.random() < 0.04 else f"{distance:.1f}"
    return [number, f"{amount:.2f}", hour, n_prev, foreign, place, random_.choice(MERCHANTS), fraud]


def main():
    random_ = random.Random(20250602)
    with open(sys.argv[1], "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for index in range(ROWS):
            writer.writerow(row(random_, 700001 + index))


if __name__ == "__main__":
    main()

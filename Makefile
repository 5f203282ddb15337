# make demo    build, audit the sample registry, say where the reports are
# make test    build and run every test
# make test-browser   look at the HTML report with headless Chromium, as its readers do
# make test-consumers   read reports and packs of evidence with programs that others wrote
# make check   what CI runs: format, generated files, warnings as errors, tests
# make fuzz    feed the parsers with ten million odd inputs; takes a while
# make bench   compare with named peers; takes a while
# make install PREFIX=/usr/local

PREFIX ?= /usr/local
SWIFT ?= swift
RELEASE = -c release --static-swift-stdlib --product repro-audit
BINARY = .build/release/repro-audit
DEMO = out/demo

.PHONY: demo test test-browser test-consumers check bench fuzz install deps release format generate clean

demo: release
	@mkdir -p $(DEMO)
	@$(BINARY) scan Fixtures/fraud-registry --html $(DEMO)/report.html --junit $(DEMO)/junit.xml \
	  --markdown $(DEMO)/report.md --json $(DEMO)/report.json
	@echo
	@echo "Reports: $(DEMO)/report.html (open it in a browser), $(DEMO)/junit.xml, $(DEMO)/report.md, $(DEMO)/report.json"

test: deps
	$(SWIFT) test

test-browser: deps
	@scripts/deps browser
	$(SWIFT) build --product repro-audit
	python3 -B -m unittest discover -s Tests/Browser -v

test-consumers: deps
	@scripts/deps consumers
	$(SWIFT) build --product repro-audit
	python3 -B -m unittest discover -s Tests/Consumers -v

check: deps
	scripts/check

bench: release
	Benchmarks/run

fuzz: deps
	scripts/fuzz

release: deps
	$(SWIFT) build $(RELEASE)

install: release
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/repro-audit

format:
	$(SWIFT) format --in-place --recursive Sources Tests Plugins Package.swift

generate: deps
	scripts/generate

deps:
	@scripts/deps

clean:
	rm -rf .build out

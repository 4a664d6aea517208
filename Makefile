# Bilan: from a questionnaire to its report.
#
#   make demo        installs what is missing, builds, plays a made-up campaign, writes its report
#   make test        installs what is missing, builds, runs every test
#   make             builds bin/survey and bin/analysis
#   make install     installs both and their manual pages under PREFIX (/usr/local), in DESTDIR if given
#   make lint        checks format, structure, and what clang-tidy and cppcheck know
#   make bench       measures, and prints ratios against baselines of the same run
#   make fault-test  kills, starves and cuts off the programs at every step, ROUNDS times
#   make fuzz        runs every fuzzer for SECONDS (60); make fuzz-coverage says what their corpora reach
#   make valgrind    runs the unit tests and the cases under valgrind, half an hour
#   make clean       removes what was built
#
# SANITIZE=1 builds into folders of its own with ASan and UBSan: `make SANITIZE=1 test`.

PREFIX  ?= /usr/local
SECONDS ?= 60
ROUNDS  ?= 1000
CC       = gcc
CFLAGS  ?= -O2 -g

VERSION := 0.1.0

ifdef SANITIZE
BUILD ?= build/sanitize
BIN   ?= build/sanitize/bin
HARDENING := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
else
BUILD ?= build
BIN   ?= bin
HARDENING := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
LDFLAGS += -pie -Wl,-z,relro,-z,now
endif
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
override CFLAGS += -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -I. -I$(BUILD) $(WARNINGS) $(HARDENING)
# Letters are set by pango and cairo, whose headers may warn; only what uses a library is linked with it.
LETTERS_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags pangocairo 2>/dev/null))
FONT_CFLAGS    := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags freetype2 2>/dev/null))
LETTERS_LIBS   := $(shell pkg-config --libs pangocairo 2>/dev/null) -lqrencode
LIBS := -Wl,--as-needed $(LETTERS_LIBS) -lfyaml -lcmark -lcurl -lsqlite3 -lsodium -lmicrohttpd -lseccomp -lgsl -lgslcblas -lcsv \
        -llept -lzbar -lfontconfig -lfreetype -lz -lm

# What Debian calls the things needed: to build and run, and to test besides.
PACKAGES := gcc libc6-dev pkg-config libfyaml-dev libcmark-dev libsqlite3-dev libsodium-dev libmicrohttpd-dev libseccomp-dev \
            libgsl-dev libcsv-dev libfontconfig-dev libfreetype-dev zlib1g-dev gnuplot-nox fonts-open-sans fonts-dejavu-core \
            libcurl4-openssl-dev libxml2-dev libpango1.0-dev libqrencode-dev libleptonica-dev libzbar-dev poppler-utils \
            zip pandoc weasyprint
TEST_PACKAGES := sqlite3 curl openssl chromium-headless-shell poppler-utils librsvg2-bin tidy procps util-linux iproute2 zbar-tools \
                 imagemagick python3 python3-aiosmtpd w3m tmux libreoffice-writer-nogui
TEST_HEADERS  := libcmocka-dev libjansson-dev
LINT_PACKAGES := clang-format clang-tidy cppcheck universal-ctags

objects   = $(patsubst %.c,$(BUILD)/%.o,$(1))
MODEL    := $(call objects,$(wildcard model/*.c model/base/*.c))
SURVEY   := $(call objects,$(wildcard survey/*.c))
ANALYSIS := $(call objects,$(wildcard analysis/*.c analysis/statistics/*.c))
UNIT     := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
PROGRAMS := $(patsubst %/main.c,$(BIN)/%,$(wildcard survey/main.c analysis/main.c))

all: $(PROGRAMS)

$(BIN)/survey: $(SURVEY) $(BUILD)/libmodel.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BIN)/analysis: $(ANALYSIS) $(BUILD)/libmodel.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libmodel.a: $(MODEL)
	rm -f $@ && ar rcs $@ $^

# Page skeletons, style sheets and the schema become C string literals.
EMBEDDED := $(patsubst %,$(BUILD)/%.inc,$(wildcard survey/web/* analysis/web/* analysis/office/*.xml model/*.sql))
$(BUILD)/%.inc: %
	@mkdir -p $(@D)
	sed -e 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $< > $@

# The documents whose styles the word processors' reports take, packed from their sources.
EMBEDDED += $(BUILD)/analysis/office/reference.docx.bytes $(BUILD)/analysis/office/reference.odt.bytes
$(BUILD)/analysis/office/reference.%.bytes: analysis/office/pack.sh $(shell find analysis/office -type f ! -name "\[*")
	@mkdir -p $(@D)
	analysis/office/pack.sh $* $@

$(BUILD)/%.o: %.c | $(EMBEDDED)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$(filter $(BUILD)/survey/letters% $(BUILD)/survey/paper%,$(SURVEY)): override CFLAGS += $(LETTERS_CFLAGS)
$(BUILD)/analysis/glyph.o: override CFLAGS += $(FONT_CFLAGS)

# A unit test is one program; it may use every module but the two mains.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(filter-out %/main.o,$(SURVEY)) \
                       $(filter-out %/main.o,$(ANALYSIS)) $(BUILD)/libmodel.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka -ljansson

# The made-up campaign and its respondents.
DEMO := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/demo/*.c))
$(BUILD)/tests/demo/%: $(BUILD)/tests/demo/%.o $(BUILD)/libmodel.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcurl -lxml2
$(BUILD)/tests/demo/%.o: override CFLAGS += -I/usr/include/libxml2

# Benchmarks: programs of their own on the same library and the statistics.
BENCH := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c)) \
         $(patsubst tests/bench/preload/%.c,$(BUILD)/tests/bench/%.so,$(wildcard tests/bench/preload/*.c))
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(call objects,$(wildcard analysis/statistics/*.c)) $(BUILD)/libmodel.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/bench/%.so: tests/bench/preload/%.c
	@mkdir -p $(@D)
	$(CC) $(filter-out -fPIE,$(CFLAGS)) -fPIC -shared -o $@ $<

# What is preloaded into programs: faults into ours, a quick compression of pictures into gnuplot.
PRELOADED := $(BUILD)/tests/fault/faults.so $(BUILD)/tests/quick/png.so
$(PRELOADED): $(BUILD)/%.so: %.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -O2 -g $(WARNINGS) -fPIC -shared -o $@ $<

# A gnuplot that loads one of them, for the tests.
QUICK := $(BUILD)/tests/quick/gnuplot
$(QUICK): tests/quick/gnuplot.in
	@mkdir -p $(@D)
	sed "s|@LIBRARY@|$$(realpath $(@D))/png.so|; s|@GNUPLOT@|$$(command -v gnuplot)|" $< >$@
	chmod 755 $@

# Fuzzers are built by clang, on all modules but the two mains; and once more by the compiler of the tests, to replay
# what was found. FUZZ_FLAGS is what the modules are built with besides, FUZZ the folder.
FUZZ       ?= $(BUILD)/fuzz
FUZZ_FLAGS ?= -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
FUZZERS    := $(patsubst tests/fuzz/%.c,$(FUZZ)/%,$(wildcard tests/fuzz/fuzz_*.c))
MODULES    := $(filter-out %/main.c,$(wildcard model/*.c model/base/*.c survey/*.c analysis/*.c analysis/statistics/*.c)) tests/fuzz/file.c
$(FUZZ)/objects/%.o: %.c | $(EMBEDDED)
	@mkdir -p $(@D)
	clang -g -O1 $(FUZZ_FLAGS) -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -I. -I$(BUILD) $(FONT_CFLAGS) $(LETTERS_CFLAGS) -MMD -MP \
		-c -o $@ $<
$(FUZZ)/modules.a: $(patsubst %.c,$(FUZZ)/objects/%.o,$(MODULES))
	rm -f $@ && ar rcs $@ $^
$(FUZZ)/fuzz_%: $(FUZZ)/objects/tests/fuzz/fuzz_%.o $(FUZZ)/modules.a
	clang $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

REPLAYS := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/tests/fuzz/replay_%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/tests/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/tests/fuzz/file.o \
                              $(filter-out %/main.o,$(SURVEY)) $(filter-out %/main.o,$(ANALYSIS)) $(BUILD)/libmodel.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

setup:
	@tests/setup.sh $(PACKAGES)

setup-test: setup
	@tests/setup.sh $(TEST_HEADERS) $(TEST_PACKAGES)
	@tests/setup.sh --node tests/browser

# With set-up, since these are what one runs on a fresh machine. Make reads its wildcards and compilers anew.
demo: setup
	@$(MAKE) --no-print-directory -j2 all demo-programs
	@BIN=$(BIN) BUILD=$(BUILD) tests/demo/campaign.sh results/demo

test: setup-test
	@$(MAKE) --no-print-directory -j2 all unit-programs demo-programs fault-programs replay-programs
	@BIN=$(BIN) BUILD=$(BUILD) tests/run.sh

bench: setup-test
	@tests/setup.sh valgrind
	@$(MAKE) --no-print-directory -j2 all demo-programs bench-programs
	@BIN=$(BIN) BUILD=$(BUILD) tests/bench/run.sh

# Every chart of five made-up studies as pictures, to be looked at.
chart-sheet: setup-test
	@$(MAKE) --no-print-directory -j2 all
	@BIN=$(BIN) node tests/charts/sheet.mjs results/chart-sheet --pictures

fault-test: setup-test
	@$(MAKE) --no-print-directory -j2 all fault-programs
	@BIN=$(BIN) BUILD=$(BUILD) tests/fault/run.sh $(ROUNDS)
	@BIN=$(BIN) tests/forensic/run.sh 10000 200

fuzz:
	@tests/setup.sh $(PACKAGES) clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory -j2 $(FUZZERS)
	@BUILD=$(BUILD) tests/fuzz/run.sh $(SECONDS)

fuzz-coverage:
	@tests/setup.sh $(PACKAGES) clang libclang-rt-14-dev llvm
	@$(MAKE) --no-print-directory -j2 FUZZ=$(BUILD)/coverage FUZZ_FLAGS="-fprofile-instr-generate -fcoverage-mapping" fuzz-programs
	@tests/fuzz/coverage.sh $(BUILD)/coverage

valgrind: setup-test
	@tests/setup.sh valgrind
	@$(MAKE) --no-print-directory -j2 all unit-programs
	@BIN=$(BIN) BUILD=$(BUILD) tests/valgrind.sh

lint:
	@tests/setup.sh $(PACKAGES) $(TEST_HEADERS) $(LINT_PACKAGES)
	@$(MAKE) --no-print-directory $(EMBEDDED)
	@BUILD=$(BUILD) tests/lint.sh

demo-programs: $(DEMO)
unit-programs: $(UNIT)
bench-programs: $(BENCH)
fault-programs: $(PRELOADED) $(QUICK)
replay-programs: $(REPLAYS)
fuzz-programs: $(FUZZERS)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/lib/systemd/system
	install $(BIN)/survey $(BIN)/analysis $(DESTDIR)$(PREFIX)/bin
	install -m 644 survey/survey.1 analysis/analysis.1 $(DESTDIR)$(PREFIX)/share/man/man1
	sed 's|/usr/local|$(PREFIX)|' survey/bilan-survey@.service >$(DESTDIR)$(PREFIX)/lib/systemd/system/bilan-survey@.service

clean:
	rm -rf build bin

.PHONY: all setup setup-test demo test bench chart-sheet fault-test fuzz valgrind lint install clean demo-programs unit-programs bench-programs \
        fault-programs replay-programs fuzz-programs fuzz-coverage
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

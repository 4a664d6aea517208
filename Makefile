# Bilan: from a questionnaire to its report.
#
#   make           builds bin/survey and bin/analysis
#   make test      installs what is missing, builds, runs every test
#   make demo      installs what is missing, builds, plays a made-up campaign

BUILD ?= build
BIN   ?= bin
CC    ?= gcc

LIBRARIES := libfyaml libcmark sqlite3 libsodium libmicrohttpd gsl jansson zlib
WARNINGS  := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
HARDENING := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
CFLAGS    ?= -O2 -g
override CFLAGS += -std=c17 -D_GNU_SOURCE -I. -I$(BUILD) $(WARNINGS)
LDFLAGS   += -pie -Wl,-z,relro,-z,now
ifdef SANITIZE
override CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fPIE
LDFLAGS += -fsanitize=address,undefined
else
override CFLAGS += $(HARDENING)
endif
LIBS = -lfyaml -lcmark -lsqlite3 -lsodium -lmicrohttpd -lgsl -lgslcblas -lcsv -ljansson -lz -lm

objects = $(patsubst %.c,$(BUILD)/%.o,$(1))
MODEL    := $(call objects,$(wildcard model/*.c model/base/*.c))
SURVEY   := $(call objects,$(wildcard survey/*.c))
ANALYSIS := $(call objects,$(wildcard analysis/*.c))
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

# Page skeletons, style sheets and the schema become C string literals, one symbol a file.
EMBEDDED := $(patsubst %,$(BUILD)/%.inc,$(wildcard survey/web/* analysis/web/* model/*.sql))
$(BUILD)/%.inc: %
	@mkdir -p $(@D)
	sed -e 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $< > $@

$(BUILD)/%.o: %.c | $(EMBEDDED)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# A unit test is one program; it may use every module but the two mains.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(filter-out %/main.o,$(SURVEY)) \
                       $(filter-out %/main.o,$(ANALYSIS)) $(BUILD)/libmodel.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

unit-test: $(UNIT)
	@set -e; for test in $^; do $$test; done

clean:
	rm -rf $(BUILD) $(BIN)

.PHONY: all unit-test clean
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

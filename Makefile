# remuch: `make run` serves a mailbox, `make check` runs the tests. `make help` lists the rest.

# Modes: SAN=1 builds with ASan and UBSan, CI=1 turns warnings into errors; each has a build folder of its own.
ifeq ($(origin CC),default)
CC      := gcc
endif
SAN     ?=
B       ?= build/$(notdir $(CC))$(if $(SAN),-san)
VERSION := 0.1

prefix     ?= /usr/local
sysconfdir ?= /etc
libexecdir ?= $(prefix)/libexec/remuch
mandir     ?= $(prefix)/share/man
unitdir    ?= /usr/lib/systemd/system
userunitdir ?= /usr/lib/systemd/user
DESTDIR    ?=

PACKAGES := openssl lmdb gmime-3.0 libcrypt
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings \
        -Wvla -Wformat=2 -Wno-unused-parameter -Wundef
HARD := -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE $(CFLAGS) $(WARN) $(if $(CI),-Werror) -MMD -MP \
             $(if $(SAN),-O1 -fno-omit-frame-pointer -fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined -fPIE,$(HARD)) \
             $(if $(FUZZING),-fsanitize=fuzzer-no-link) \
             -DREMUCH_VERSION='"$(VERSION)"' -DREMUCH_SYSCONFDIR='"$(sysconfdir)"' $(PKG_CFLAGS)
ALL_LDFLAGS = $(LDFLAGS) -pie $(if $(SAN),-fsanitize=address$(comma)undefined,-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now) -Wl,--as-needed
# OpenSSL, libnotmuch, libpam, GMime and GLib are loaded when first called: base/late.h.
LIBS = $(shell pkg-config --libs $(filter-out openssl gmime-3.0,$(PACKAGES)) 2>/dev/null)
comma := ,

# The layers. A folder sees itself and what is listed here, nothing else: a wrong include does not compile.
LAYERS := search account store mime service auth net wire conf base
SEES_base    :=
SEES_conf    := base
SEES_wire    := base
SEES_net     := base
SEES_auth    := base
SEES_mime    := base
SEES_service := conf wire net auth base
SEES_store   := mime base
SEES_account := store conf base
SEES_search  := store mime base
SEES_imapd   := $(addprefix common/,$(LAYERS))
SEES_pop3d   := $(addprefix common/,service account store mime auth net wire conf base)

all: $(B)/imapd $(B)/pop3d

# sources FOLDER; objects FOLDER
sources = $(sort $(wildcard $(1)/*.c $(1)/*.cc))
objects = $(patsubst %,$(B)/obj/%.o,$(basename $(call sources,$(1))))

define layer
$(B)/lib$(1).a: $(call objects,common/$(1))
$(B)/obj/common/$(1)/%.o: ALL_INCLUDES = -iquote common/$(1) $(addprefix -iquote common/,$(SEES_$(1)))
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))
ARCHIVES := $(foreach l,$(LAYERS),$(B)/lib$(l).a)

define program
$(B)/obj/$(1)/%.o: ALL_INCLUDES = -iquote $(1) $(addprefix -iquote ,$(SEES_$(1)))
$(B)/lib$(1).a: $(filter-out %/main.o,$(call objects,$(1)))
$(B)/$(1): $(B)/obj/$(1)/main.o $(B)/lib$(1).a $(ARCHIVES)
	@echo '  LINK  $$@'
	@$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LIBS)
endef
$(eval $(call program,imapd))
$(eval $(call program,pop3d))

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo '  CC    $<'
	@$(CC) $(ALL_CFLAGS) $(ALL_INCLUDES) -c -o $@ $<
# Exceptions of Xapian pass through these files to index_guard.cc, the only C++ here.
$(B)/obj/common/store/index%.o: ALL_CFLAGS += -fexceptions
$(B)/obj/%.o: %.cc Makefile
	@mkdir -p $(@D)
	@echo '  CXX   $<'
	@$(CXX) -std=gnu++17 $(CFLAGS) -Wall -Wextra $(HARD) -MMD -MP $(ALL_INCLUDES) -c -o $@ $<
$(B)/lib%.a:
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcsD $@ $^

# One test program a module; it is linked with the archives, of which it takes what it names. imapd and pop3d have headers of the
# same names: a test sees pop3d's when it is called *_pop3_*, else imapd's.
TESTS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZ  := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
TESTED   = $(if $(findstring _pop3_,$@),pop3d,imapd)
UNTESTED = $(if $(findstring _pop3_,$@),imapd,pop3d)
$(B)/tests/%.o: ALL_INCLUDES = $(addprefix -iquote common/,$(LAYERS)) -iquote $(TESTED) -iquote tests/unit
define test_object
$(B)/tests/%.o: tests/$(1)/%.c Makefile
	@mkdir -p $$(@D)
	@echo '  CC    $$<'
	@$$(CC) $$(ALL_CFLAGS) $$(ALL_INCLUDES) -c -o $$@ $$<
endef
$(eval $(call test_object,unit))
$(eval $(call test_object,fuzz))
$(B)/tests/libfixture.a: $(B)/tests/fixture.o
	@ar rcsD $@ $^
$(B)/tests/test_%: $(B)/tests/test_%.o $(B)/tests/libfixture.a $(B)/libimapd.a $(B)/libpop3d.a $(ARCHIVES)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) -o $@ $(filter-out %/lib$(UNTESTED).a,$^) $(LIBS) -lcmocka
$(B)/tests/fuzz_%: $(B)/tests/fuzz_%.o $(if $(FUZZING),,$(B)/tests/replay.o) $(B)/libimapd.a $(B)/libpop3d.a $(ARCHIVES)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $(if $(FUZZING),-fsanitize=fuzzer) -o $@ $(filter-out %/lib$(UNTESTED).a,$^) $(LIBS)

check: all $(TESTS) $(FUZZ:%=$(B)/tests/%)
	@B=$(B) SAN=$(SAN) tests/run $(ONLY)
lint:
	@tests/lint
	@command -v clang-format >/dev/null && clang-format -n $(SOURCES) 2>&1 | grep -c 'warning:' | sed 's/$$/ places that clang-format would write otherwise (advice)/' || :
format:
	clang-format -i $(SOURCES)
SOURCES = $(wildcard imapd/*.[ch] pop3d/*.[ch] common/*/*.[ch] tests/*/*.[ch])

# Each fuzz target for FUZZ_TIME seconds under libFuzzer; a crasher is left in build/fuzz. make fuzz FUZZ=fuzz_lex runs one.
FUZZ_TIME ?= 60
fuzz:
	@$(MAKE) CC=clang SAN=1 FUZZING=1 B=build/fuzz FUZZ='$(FUZZ)' fuzz-run
fuzz-run: $(FUZZ:%=$(B)/tests/%)
	@set -e; for f in $(FUZZ); do echo "  FUZZ  $$f"; n=$${f#fuzz_}; mkdir -p $(B)/corpus/$$n tests/fuzz/corpus/$$n; \
	$(B)/tests/$$f -max_total_time=$(FUZZ_TIME) -rss_limit_mb=2048 -timeout=10 -verbosity=0 -print_final_stats=1 \
	-artifact_prefix=$(B)/$$f- $(B)/corpus/$$n tests/fuzz/corpus/$$n; done

# Debian packages: to build and serve; to test as well.
DEPS_BUILD := gcc g++ make pkg-config libc6-dev libssl-dev liblmdb-dev libgmime-3.0-dev libcrypt-dev \
              libnotmuch-dev libpam0g-dev notmuch systemd openssl python3
DEPS_TEST  := clang gnupg libclang-rt-14-dev libcmocka-dev git isync neomutt fetchmail mpop getmail6 curl tmux mandoc psmisc \
              systemd-container openbsd-inetd
deps: deps-build
	@contrib/apt-install $(DEPS_TEST)
	@command -v npm >/dev/null || contrib/apt-install nodejs npm
	@cd tests/clients && npm ci --no-audit --no-fund --loglevel=error
deps-build:
	@contrib/apt-install $(DEPS_BUILD)

# Beside Dovecot: times, CPU, memory. N=5000 is the short form; see tests/README.md.
bench: all
	@N=$(N) GROWTH='$(GROWTH)' BIG=$(BIG) ONLY='$(ONLY)' BENCH='$(BENCH)' tests/bench/bench $(B)

UNITS      := $(wildcard units/*.socket units/*.service)
USER_UNITS := $(wildcard units/user/*.socket units/user/*.service)
install: all
	install -d $(DESTDIR)$(libexecdir) $(DESTDIR)$(mandir)/man5 $(DESTDIR)$(mandir)/man8 $(DESTDIR)$(unitdir) $(DESTDIR)$(userunitdir)
	install -m 755 $(B)/imapd $(B)/pop3d $(DESTDIR)$(libexecdir)
	install -m 644 imapd/imapd.8 pop3d/pop3d.8 $(DESTDIR)$(mandir)/man8
	install -m 644 common/conf/remuch.conf.5 $(DESTDIR)$(mandir)/man5
	@for u in $(UNITS); do sed 's|@libexecdir@|$(libexecdir)|' $$u >$(DESTDIR)$(unitdir)/$${u##*/}; done
	@for u in $(USER_UNITS); do sed 's|@libexecdir@|$(libexecdir)|' $$u >$(DESTDIR)$(userunitdir)/$${u##*/}; done

# A mailbox served on loopback until ^C. Variables: MAIL LOGIN PASSWORD PORTS STATE, see contrib/run.
run: deps-build
	@$(MAKE) all
	@MAIL='$(MAIL)' LOGIN='$(LOGIN)' PASSWORD='$(PASSWORD)' PORTS='$(PORTS)' STATE='$(STATE)' contrib/run $(B)

.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)

.PHONY: all install check lint format fuzz fuzz-run deps deps-build run bench

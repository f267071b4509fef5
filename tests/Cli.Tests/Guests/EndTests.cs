// How the tool ends: when threads end at the same time, and when a signal ends the appliance as well. The judges are the C library's checks
// of its heap, and sha256sum.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class EndTests(GuestImage guest) : IClassFixture<GuestImage>
{
    // OpenSSL, which libguestfs loads, cleans up at the end of the process what the end of a thread cleans up, too. Here both are made to
    // meet: a thread that ends lingers where it has unlocked, the process before it is gone.
    private const string Lingering = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <pthread.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        struct begun { void *(*run)(void *); void *argument; };
        static __thread int has_ended;
        static int is_tool;
        static void *run(void *given)
        {
          struct begun begun = *(struct begun *)given;
          free(given);
          void *result = begun.run(begun.argument);
          has_ended = is_tool;
          return result;
        }
        int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument)
        {
          int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
          struct begun *begun = malloc(sizeof *begun);
          *begun = (struct begun){ function, argument };
          return real(thread, attributes, run, begun);
        }
        int pthread_rwlock_unlock(pthread_rwlock_t *lock)
        {
          int (*real)(pthread_rwlock_t *) = dlsym(RTLD_NEXT, "pthread_rwlock_unlock");
          int result = real(lock);
          if (has_ended) usleep(60000);
          return result;
        }
        __attribute__((constructor)) static void begin(void)
        {
          is_tool = !strcmp(program_invocation_short_name, "gfs");
          unsetenv("LD_PRELOAD");
        }
        __attribute__((destructor)) static void end(void) { if (is_tool) usleep(300000); }
        """;

    // As Ctrl-C in a terminal, and timeout(1), send it to the whole group.
    [Fact]
    public void A_signal_that_ends_the_appliance_too_is_told_in_a_line()
    {
        Command.Require("timeout");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            mkfifo never; sleep 300 > never & writer=$!; trap 'kill $writer; find "$work" -mindepth 1 -delete' EXIT
            cp "$image" guest.img
            upstreams() { pgrep -f "file=$PWD/guest.img" > /dev/null; }
            setsid timeout 300 "${tool[@]}" write guest.img /etc/hosts < never 2> error & group=$!
            waitFor upstreams; sleep 3
            kill -TERM -- -$group; wait $group || code=$?
            [ $code = 143 ] || [ $code = 124 ]
            cat error; [ "$(cat error)" = 'gfs: interrupted' ]
            waitFor '! upstreams'
            """);
    }

    [Fact]
    public void Threads_may_end_with_the_process()
    {
        Command.Require("gcc", "sha256sum");
        GuestScript.Pass(guest, $$"""
            set -e -o pipefail
            cat > lingering.c <<'END'
            {{Lingering}}
            END
            gcc -shared -fPIC -O1 -o lingering.so lingering.c -ldl
            for i in 1 2 3; do
              LD_PRELOAD=$PWD/lingering.so gfs checksum --algorithm sha256 "$image" /home/user/data | sed 's|/home|'"$tree"'/home|' |
                sha256sum --quiet -c
              LD_PRELOAD=$PWD/lingering.so gfs cat "$image" /home/user/data | cmp - "$tree/home/user/data"
            done
            """);
    }
}

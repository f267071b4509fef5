// The measured calls in upstream's Go binding.
package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"libguestfs.org/guestfs"
)

const flags = guestfs.CREATE_NO_ENVIRONMENT | guestfs.CREATE_NO_CLOSE_ON_EXIT

func create() *guestfs.Guestfs {
	g, err := guestfs.Create_flags(flags)
	if err != nil {
		panic(err)
	}
	return g
}

func main() {
	// The binding prints every error, and has no way to turn that off.
	if null, err := os.OpenFile("/dev/null", os.O_WRONLY, 0); err == nil {
		syscall.Dup3(int(null.Fd()), 2, 0)
	}

	g := create()
	g.Internal_test_set_output("/dev/null")
	calls := map[string]func(){
		"get_verbose":    func() { g.Get_verbose() },
		"set_verbose":    func() { g.Set_verbose(false) },
		"set_program":    func() { g.Set_program("benchmark") },
		"get_path":       func() { g.Get_path() },
		"version":        func() { g.Version() },
		"list_1000":      func() { g.Internal_test_rstringlist("1000") },
		"hashtable_1000": func() { g.Internal_test_rhashtable("1000") },
		"structs_1000":   func() { g.Internal_test_rstructlist("1000") },
		"optional": func() {
			g.Internal_test_only_optargs(&guestfs.OptargsInternal_test_only_optargs{Test_is_set: true, Test: 1})
		},
		"error":        func() { g.Internal_test_rinterr() },
		"create_close": func() { create().Close() },
	}

	var name string
	var count int
	for {
		if _, err := fmt.Scan(&name, &count); err != nil {
			return
		}
		call, ok := calls[name]
		if !ok {
			fmt.Println(-1, -1)
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		for i := 0; i < count; i++ {
			call()
		}
		elapsed := time.Since(start)
		runtime.ReadMemStats(&after)
		fmt.Println(elapsed.Nanoseconds(), after.TotalAlloc-before.TotalAlloc)
	}
}

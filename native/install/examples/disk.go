// Makes a disk image with a file in it, reads the file back, and tells how full the filesystem is; cgo reads the header.
//
//	go build -o disk-go disk.go
//	./disk-go new.img
package main

/*
#cgo pkg-config: guestfs-facade
#include <guestfs_facade.h>
#include <stdlib.h>

// cgo knows functions, types and constants, but no macro that initialises a structure.
static struct gfs_add_drive_options add_drive_options(void)
{
  struct gfs_add_drive_options options = GFS_ADD_DRIVE_OPTIONS_INIT;
  return options;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"unsafe"
)

// Handle is a handle, in whose thread of the system all calls are made: that is where the reason of a failure is.
type Handle struct {
	g *C.gfs_handle
}

func check(status C.gfs_status) error {
	if status == C.GFS_OK {
		return nil
	}
	return errors.New(C.GoString(C.gfs_status_name(status)) + ": " + C.GoString(C.gfs_error_message()))
}

// each makes calls until one fails.
func each(calls ...func() C.gfs_status) error {
	for _, call := range calls {
		if err := check(call()); err != nil {
			return err
		}
	}
	return nil
}

// Open returns a new handle; the goroutine stays in its thread until Close.
func Open() (*Handle, error) {
	runtime.LockOSThread()
	h := &Handle{}
	return h, check(C.gfs_handle_new(nil, &h.g))
}

// Close ends the appliance.
func (h *Handle) Close() {
	C.gfs_handle_free(h.g)
	runtime.UnlockOSThread()
}

func run(image string) error {
	h, err := Open()
	if err != nil {
		return err
	}
	defer h.Close()

	// What C keeps none of after a call, but reads in it.
	var texts []unsafe.Pointer
	defer func() {
		for _, text := range texts {
			C.free(text)
		}
	}()
	c := func(text string) *C.char {
		copied := C.CString(text)
		texts = append(texts, unsafe.Pointer(copied))
		return copied
	}

	const greeting = "Hello from Go.\n"
	disk, raw, device, partition, root, hello := c(image), c("raw"), c("/dev/sda"), c("/dev/sda1"), c("/"), c("/hello.txt")
	drive := C.add_drive_options()
	drive.format = raw // said, not guessed: a guest could make a raw disk look like something else
	var content *C.char
	var space *C.struct_gfs_statvfs
	if err := each(
		func() C.gfs_status { return C.gfs_disk_create(h.g, disk, raw, 64*1024*1024, nil) },
		func() C.gfs_status { return C.gfs_add_drive(h.g, disk, &drive) },
		func() C.gfs_status { return C.gfs_launch(h.g) },
		func() C.gfs_status { return C.gfs_part_disk(h.g, device, c("mbr")) },
		func() C.gfs_status { return C.gfs_mkfs(h.g, c("ext4"), partition, nil) },
		func() C.gfs_status { return C.gfs_mount(h.g, partition, root) },
		func() C.gfs_status { return C.gfs_write(h.g, hello, c(greeting), C.size_t(len(greeting))) },
		func() C.gfs_status { return C.gfs_cat(h.g, hello, &content) },
		func() C.gfs_status { return C.gfs_statvfs(h.g, root, &space) },
	); err != nil {
		C.gfs_free(unsafe.Pointer(content))
		return err
	}
	fmt.Print(C.GoString(content))
	fmt.Printf("%d of %d bytes are free\n", space.bavail*space.frsize, space.blocks*space.frsize)
	C.gfs_free(unsafe.Pointer(content))
	C.gfs_statvfs_free(space)

	return check(C.gfs_shutdown(h.g)) // tells whether everything has reached the image; Close could not
}

func main() {
	if len(os.Args) != 2 {
		usage()
	}
	if _, err := os.Lstat(os.Args[1]); err == nil {
		usage()
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintf(os.Stderr, "usage: %s IMAGE, where IMAGE does not exist yet\n", os.Args[0])
	os.Exit(2)
}

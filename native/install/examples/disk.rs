//! Makes a disk image with a file in it, reads the file back, and tells how full the filesystem is; bindgen reads the header.
//!
//!     make disk-rust && ./disk-rust new.img
#[allow(dead_code, non_camel_case_types, non_upper_case_globals)]
mod guestfs_facade;

use guestfs_facade::*;
use std::ffi::{CStr, CString};
use std::mem::size_of;
use std::os::raw::c_char;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{null, null_mut};

const GREETING: &str = "Hello from Rust.\n";

fn text(string: *const c_char) -> String {
    unsafe { CStr::from_ptr(string) }.to_string_lossy().into_owned()
}

/// The reason of a failure is asked for in the thread that made the call.
fn check(status: gfs_status) -> Result<(), String> {
    match status {
        GFS_OK => Ok(()),
        _ => Err(unsafe { format!("{}: {}", text(gfs_status_name(status)), text(gfs_error_message())) }),
    }
}

/// A handle, freed when it goes.
struct Handle(*mut gfs_handle);

impl Handle {
    fn new() -> Result<Self, String> {
        let mut handle = null_mut();
        check(unsafe { gfs_handle_new(null(), &mut handle) })?;
        Ok(Handle(handle))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        unsafe { gfs_handle_free(self.0) };
    }
}

/// As in the header: some versions of bindgen leave out what is defined by INT_MIN.
const GFS_UNSET: i32 = i32::MIN;

/// What GFS_ADD_DRIVE_OPTIONS_INIT is: bindgen translates constants, but no macro that initialises a structure.
fn add_drive_options() -> gfs_add_drive_options {
    gfs_add_drive_options {
        struct_size: size_of::<gfs_add_drive_options>() as _,
        readonly: GFS_UNSET,
        copyonread: GFS_UNSET,
        blocksize: GFS_UNSET,
        ..Default::default() // pointers are null
    }
}

fn run(image: &Path) -> Result<(), String> {
    let c = |text: &str| CString::new(text).unwrap();
    let image = CString::new(image.as_os_str().as_bytes()).map_err(|error| error.to_string())?;
    let (raw, device, partition, root, hello) = (c("raw"), c("/dev/sda"), c("/dev/sda1"), c("/"), c("/hello.txt"));
    let handle = Handle::new()?;
    let g = handle.0;
    unsafe {
        let mut drive = add_drive_options();
        drive.format = raw.as_ptr(); // said, not guessed: a guest could make a raw disk look like something else
        check(gfs_disk_create(g, image.as_ptr(), raw.as_ptr(), 64 * 1024 * 1024, null()))?;
        check(gfs_add_drive(g, image.as_ptr(), &drive))?;
        check(gfs_launch(g))?;
        check(gfs_part_disk(g, device.as_ptr(), c("mbr").as_ptr()))?;
        check(gfs_mkfs(g, c("ext4").as_ptr(), partition.as_ptr(), null()))?;
        check(gfs_mount(g, partition.as_ptr(), root.as_ptr()))?;
        check(gfs_write(g, hello.as_ptr(), GREETING.as_ptr().cast(), GREETING.len() as _))?;

        let mut content = null_mut();
        check(gfs_cat(g, hello.as_ptr(), &mut content))?;
        print!("{}", text(content));
        gfs_free(content.cast());

        let mut space = null_mut();
        check(gfs_statvfs(g, root.as_ptr(), &mut space))?;
        println!("{} of {} bytes are free", (*space).bavail * (*space).frsize, (*space).blocks * (*space).frsize);
        gfs_statvfs_free(space);

        check(gfs_shutdown(g)) // tells whether everything has reached the image; freeing the handle could not
    }
}

fn main() {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.len() != 2 || Path::new(&arguments[1]).exists() {
        eprintln!("usage: {} IMAGE, where IMAGE does not exist yet", arguments[0].to_string_lossy());
        std::process::exit(2);
    }

    if let Err(error) = run(Path::new(&arguments[1])) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

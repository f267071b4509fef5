// A client of DHCP (RFC 2131) that asks once: qemu's networks last as long as the machine, so nothing is ever renewed.
// A plain socket can do this, because the server is asked to answer to everybody.
#include "network.h"

#include "../file.h"
#include "../text.h"
#include "path.h"
#include "process.h"
#include "system.h"
#include "trace.h"

enum { NAME_SIZE = 16, ADDRESS_SIZE = 4, HARDWARE_SIZE = 6, MOST_SERVERS = 3, OPTIONS_SIZE = 1200 };
enum { AF_INET = 2, SOCK_DGRAM = 2, SOL_SOCKET = 1, SO_BROADCAST = 6, SO_BINDTODEVICE = 25, MSG_DONTWAIT = 0x40 };
enum {
  SIOCADDRT = 0x890B,
  SIOCSIFFLAGS = 0x8914,
  SIOCSIFADDR = 0x8916,
  SIOCSIFNETMASK = 0x891C,
  SIOCSIFMTU = 0x8922,
  SIOCGIFHWADDR = 0x8927
};
enum { IFF_UP = 1, IFF_BROADCAST = 2, IFF_MULTICAST = 0x1000, RTF_UP = 1, RTF_GATEWAY = 2 };
enum { REQUEST = 1, REPLY = 2, ETHERNET = 1, CLIENT_PORT = 68, SERVER_PORT = 67 };
enum { DISCOVER = 1, OFFER = 2, WANTED = 3, ACKNOWLEDGED = 5 };

enum {
  OPTION_PAD = 0,
  OPTION_MASK = 1,
  OPTION_ROUTER = 3,
  OPTION_NAME_SERVERS = 6,
  OPTION_DOMAIN = 15,
  OPTION_MTU = 26,
  OPTION_ADDRESS = 50,
  OPTION_TYPE = 53,
  OPTION_SERVER = 54,
  OPTION_LIST = 55,
  OPTION_END = 255
};

struct internet_address {
  uint16_t family;
  uint8_t port[2], address[ADDRESS_SIZE], zero[8];
};

struct interface {
  char name[NAME_SIZE];
  union {
    struct internet_address internet;
    struct {
      uint16_t family;
      uint8_t address[HARDWARE_SIZE];
    } hardware;
    uint16_t flags;
    int mtu;
    char space[24];
  } value;
};

struct route {
  unsigned long pad1;
  struct internet_address target, router, mask;
  uint16_t flags, pad2;
  unsigned long pad3;
  void *pad4;
  int16_t metric;
  char *device;
  unsigned long mtu, window;
  uint16_t round_trip;
};

struct message {
  uint8_t operation, hardware, hardware_size, hops;
  uint8_t transaction[4];
  uint8_t seconds[2], flags[2];
  uint8_t client[4], yours[4], server[4], relay[4];
  uint8_t hardware_address[16], server_name[64], file[128], cookie[4];
  uint8_t options[OPTIONS_SIZE];
};

static const uint8_t cookie[4] = { 99, 130, 83, 99 };

struct option {
  const uint8_t *bytes;
  unsigned length;  // 0 when there is no such option.
};

static void copy(void *to, const void *from, size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
}

// Of an answer whose length is that of its options.
static struct option option_of(const struct message *answer, size_t length, uint8_t code, unsigned least)
{
  for (size_t at = 0; at < length && answer->options[at] != OPTION_END;) {
    if (answer->options[at] == OPTION_PAD) {
      at++;
      continue;
    }
    if (at + 2 > length || at + 2 + answer->options[at + 1] > length)
      break;
    if (answer->options[at] == code && answer->options[at + 1] >= least)
      return (struct option){ answer->options + at + 2, answer->options[at + 1] };
    at += 2U + answer->options[at + 1];
  }
  return (struct option){ NULL, 0 };
}

// Sends without an address of its own to everybody.
static void send_to_all(long socket, const struct message *message, size_t size)
{
  struct internet_address all = { AF_INET, { 0, SERVER_PORT }, { 255, 255, 255, 255 }, { 0 } };
  struct {
    const void *bytes;
    size_t size;
  } part = { message, size };
  struct {
    void *name;
    unsigned name_size;
    void *parts;
    size_t parts_count;
    void *control;
    size_t control_size;
    int flags;
  } header = { &all, sizeof all, &part, 1, NULL, 0, 0 };
  system_call(SYS_sendmsg, socket, (long)&header, 0, 0, 0);
}

static size_t add_option(struct message *message, size_t at, uint8_t code, const void *bytes, uint8_t length)
{
  message->options[at] = code;
  message->options[at + 1] = length;
  copy(message->options + at + 2, bytes, length);
  return at + 2U + length;
}

// What is sent: a request for offers, or for what was offered.
static size_t make_question(struct message *question, uint8_t type, const struct message *offer, struct option server)
{
  static const uint8_t wanted[] = { OPTION_MASK, OPTION_ROUTER, OPTION_NAME_SERVERS, OPTION_DOMAIN, OPTION_MTU };
  size_t at = add_option(question, 0, OPTION_TYPE, &type, 1);
  if (offer != NULL) {
    at = add_option(question, at, OPTION_ADDRESS, offer->yours, ADDRESS_SIZE);
    at = add_option(question, at, OPTION_SERVER, server.bytes, ADDRESS_SIZE);
  }
  at = add_option(question, at, OPTION_LIST, wanted, sizeof wanted);
  question->options[at++] = OPTION_END;
  size_t size = sizeof *question - OPTIONS_SIZE + at;
  return size < 300 ? 300 : size;  // The least that BOOTP's relays take.
}

// Asks again, with longer and longer pauses, until there is an answer of that type. Returns the length of its options; 0 without one.
static size_t ask(long socket, const struct message *question, size_t size, uint8_t type, struct message *answer)
{
  static const long pauses[] = { 50, 100, 200, 400, 800 };
  for (unsigned i = 0; i < sizeof pauses / sizeof pauses[0]; i++) {
    send_to_all(socket, question, size);
    unsigned long end = sys_microseconds() + (unsigned long)pauses[i] * 1000;
    for (unsigned long now; (now = sys_microseconds()) < end;) {
      struct poll_file file = { (int)socket, POLLIN, 0 };
      long timeout[2] = { 0, (long)(end - now) * 1000 };
      if (sys_poll(&file, 1, timeout) <= 0)
        break;
      long length = sys_receive(socket, answer, sizeof *answer, MSG_DONTWAIT) - (long)(sizeof *answer - OPTIONS_SIZE);
      if (length <= 0 || answer->operation != REPLY || !same_bytes(answer->transaction, question->transaction, sizeof answer->transaction)
          || !same_bytes(answer->hardware_address, question->hardware_address, HARDWARE_SIZE)
          || !same_bytes(answer->cookie, cookie, sizeof cookie))
        continue;
      struct option found = option_of(answer, (size_t)length, OPTION_TYPE, 1);
      if (found.length > 0 && found.bytes[0] == type)
        return (size_t)length;
    }
  }
  return 0;
}

static void name_interface(struct interface *interface, const char *name)
{
  *interface = (struct interface){ .name = "" };
  text_join(interface->name, sizeof interface->name, name, "");
}

static long set_address(long socket, const char *name, unsigned long request, const uint8_t address[ADDRESS_SIZE])
{
  struct interface interface;
  name_interface(&interface, name);
  interface.value.internet.family = AF_INET;
  copy(interface.value.internet.address, address, ADDRESS_SIZE);
  return sys_ioctl(socket, request, &interface);
}

static long set_route(long socket, const uint8_t router[ADDRESS_SIZE])
{
  struct route route = { .flags = RTF_UP | RTF_GATEWAY, .target.family = AF_INET, .router.family = AF_INET, .mask.family = AF_INET };
  copy(route.router.address, router, ADDRESS_SIZE);
  return sys_ioctl(socket, SIOCADDRT, &route);
}

// The domain's name is the server's word: only what a name can consist of.
static bool is_name(struct option name)
{
  for (unsigned i = 0; i < name.length; i++) {
    uint8_t c = name.bytes[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
      return false;
  }
  return name.length > 0 && name.length < NAME_SIZE * 8;
}

static void write_name_servers(struct option servers, struct option domain)
{
  static struct line text;
  text.length = 0;
  if (is_name(domain)) {
    char name[NAME_SIZE * 8 + 1] = "";
    copy(name, domain.bytes, domain.length);
    line_add(&text, "search ");
    line_add(&text, name);
    line_add(&text, "\n");
  }
  for (unsigned i = 0; i + ADDRESS_SIZE <= servers.length && i < MOST_SERVERS * ADDRESS_SIZE; i += ADDRESS_SIZE) {
    line_add(&text, "nameserver ");
    for (unsigned j = 0; j < ADDRESS_SIZE; j++) {
      line_add_number(&text, servers.bytes[i + j]);
      line_add(&text, j + 1 < ADDRESS_SIZE ? "." : "\n");
    }
  }
  text.bytes[text.length] = '\0';
  if (sys_access("/etc/resolv.conf") < 0)  // A link to nowhere.
    sys_unlink_at(AT_FDCWD, "/etc/resolv.conf");
  if (text.length > 0)
    make_file("/etc/resolv.conf", text.bytes);
}

static bool use(long socket, const char *name, const struct message *answer, size_t length)
{
  struct option mask = option_of(answer, length, OPTION_MASK, ADDRESS_SIZE);
  struct option router = option_of(answer, length, OPTION_ROUTER, ADDRESS_SIZE);
  struct option mtu = option_of(answer, length, OPTION_MTU, 2);
  if (mask.length == 0 || set_address(socket, name, SIOCSIFADDR, answer->yours) < 0
      || set_address(socket, name, SIOCSIFNETMASK, mask.bytes) < 0)
    return false;
  if (mtu.length > 0) {
    struct interface interface;
    name_interface(&interface, name);
    interface.value.mtu = mtu.bytes[0] << 8 | mtu.bytes[1];
    sys_ioctl(socket, SIOCSIFMTU, &interface);
  }
  if (router.length > 0 && set_route(socket, router.bytes) < 0)
    return false;
  write_name_servers(option_of(answer, length, OPTION_NAME_SERVERS, ADDRESS_SIZE), option_of(answer, length, OPTION_DOMAIN, 1));
  return true;
}

static bool lease(long socket, const char *name)
{
  static struct message question, answer, final;
  struct internet_address any = { AF_INET, { 0, CLIENT_PORT }, { 0 }, { 0 } };
  struct interface interface;
  name_interface(&interface, name);
  if (sys_ioctl(socket, SIOCGIFHWADDR, &interface) < 0 || interface.value.hardware.family != ETHERNET)
    return false;
  question = (struct message){ .operation = REQUEST, .hardware = ETHERNET, .hardware_size = HARDWARE_SIZE, .flags = { 0x80, 0 } };
  copy(question.hardware_address, interface.value.hardware.address, HARDWARE_SIZE);
  copy(question.transaction, interface.value.hardware.address + 2, sizeof question.transaction);
  copy(question.cookie, cookie, sizeof cookie);

  interface.value.flags = IFF_UP | IFF_BROADCAST | IFF_MULTICAST;
  if (sys_ioctl(socket, SIOCSIFFLAGS, &interface) < 0 || sys_set_socket_option(socket, SOL_SOCKET, SO_BROADCAST, 1) < 0
      || system_call(SYS_setsockopt, socket, SOL_SOCKET, SO_BINDTODEVICE, (long)interface.name, sizeof interface.name) < 0
      || sys_bind(socket, &any, sizeof any) < 0)
    return false;
  size_t length = ask(socket, &question, make_question(&question, DISCOVER, NULL, (struct option){ NULL, 0 }), OFFER, &answer);
  struct option server = option_of(&answer, length, OPTION_SERVER, ADDRESS_SIZE);
  if (server.length == 0)
    return false;
  length = ask(socket, &question, make_question(&question, WANTED, &answer, server), ACKNOWLEDGED, &final);
  return length > 0 && use(socket, name, &final, length);
}

// The first one in upstream's sense; empty without one.
static void find_interface(char name[NAME_SIZE])
{
  struct directory directory;
  name[0] = '\0';
  directory_open(&directory, "/sys/class/net");
  for (const struct directory_entry *entry; (entry = directory_next(&directory)) != NULL;) {
    if (!text_equal(entry->name, "lo") && !text_equal(entry->name, "sit0") && text_length(entry->name) < NAME_SIZE) {
      text_join(name, NAME_SIZE, entry->name, "");
      directory_close(&directory);
      return;
    }
  }
}

static void run_client(struct udev *udev, const char *name)
{
  static const char *const none[] = { NULL };
  bool has_dhclient = sys_access("/sbin/dhclient") >= 0;
  const char *const dhclient[] = { "/sbin/dhclient", name, NULL };
  const char *const dhcpcd[] = { "/sbin/dhcpcd", "--waitip=4", "--noarp", "--timeout", "5", name, NULL };
  if (!has_dhclient && sys_access(dhcpcd[0]) < 0) {
    print("no answer by DHCP on ", name, NULL);
    return;
  }
  long process = process_start(has_dhclient ? dhclient : dhcpcd, none);
  if (process > 0)
    udev_serve_until(udev, process);
}

void network_start(struct udev *udev)
{
  char name[NAME_SIZE];
  find_interface(name);
  if (name[0] == '\0') {
    print("there is no network interface", NULL, NULL);
    return;
  }
  if (sys_access("/etc/fstab") < 0)  // Some programs of DHCP need one.
    make_file("/etc/fstab", "");
  long socket = sys_socket(AF_INET, SOCK_DGRAM | O_CLOEXEC, 0);
  bool has_lease = lease(socket, name);
  sys_close(socket);
  trace(has_lease ? "network started: " : "network is left to the root's client: ", name);
  if (!has_lease)
    run_client(udev, name);
}

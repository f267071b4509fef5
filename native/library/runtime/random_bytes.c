/* random_bytes.c: linked to the library in place of .NET's binding of OpenSSL, of which it needs random bytes alone: .NET's reader of JSON
 * takes some for its hashes. The binding is a twentieth of the library, and looks for OpenSSL in the program that uses it. It is not
 * linked at all, so that whatever needs more of it does not link. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <sys/random.h>

int32_t CryptoNative_EnsureOpenSslInitialized(void);
int32_t CryptoNative_GetRandomBytes(uint8_t *bytes, int32_t count);
int32_t CryptoNative_GetMaxMdSize(void);
uint64_t CryptoNative_ErrGetExceptionError(int32_t *is_allocation);
void CryptoNative_ErrErrorStringN(uint64_t error, char *text, int32_t size);

int32_t CryptoNative_EnsureOpenSslInitialized(void) { return 0; }

/* 1 for success. */
int32_t CryptoNative_GetRandomBytes(uint8_t *bytes, int32_t count)
{
  while (count > 0) {
    ssize_t got = getrandom(bytes, (size_t)count, 0);
    if (got < 0 && errno != EINTR)
      return 0;
    if (got > 0) {
      bytes += got;
      count -= (int32_t)got;
    }
  }
  return 1;
}

/* EVP_MAX_MD_SIZE. */
int32_t CryptoNative_GetMaxMdSize(void) { return 64; }

/* Without an error of OpenSSL there is no text of one. */
uint64_t CryptoNative_ErrGetExceptionError(int32_t *is_allocation)
{
  *is_allocation = 0;
  return 0;
}

void CryptoNative_ErrErrorStringN(uint64_t error, char *text, int32_t size)
{
  (void)error;
  if (size > 0)
    text[0] = '\0';
}

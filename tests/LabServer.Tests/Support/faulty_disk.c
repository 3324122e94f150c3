/*
 * Makes writes and flushes of a server's files fail, for tests: loaded before the C library (LD_PRELOAD).
 * FAULTY_DISK_CONTROL names a file of 32-bit numbers that the test changes while the server runs; FAULTY_DISK_FILES is a
 * part of the path of the files it is about.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WRITES = 1, FLUSHES = 2 };

struct control {
    int32_t kinds;         /* which calls fail: WRITES, FLUSHES or both; 0: none */
    int32_t error;         /* errno of those that fail */
    int32_t passing;       /* how many calls pass before the first that fails */
    int32_t failing;       /* how many fail then; -1: all, until it is changed */
    int32_t failed;        /* counts those that failed */
    int32_t flushed;       /* counts the flushes that did not */
};

static struct control *control;
static const char *files;

__attribute__((constructor)) static void load(void)
{
    const char *path = getenv("FAULTY_DISK_CONTROL");
    files = getenv("FAULTY_DISK_FILES");
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    control = map == MAP_FAILED ? NULL : map;
}

static int is_meant(int fd)
{
    char link[64], path[4096];
    if (control == NULL || files == NULL)
        return 0;
    char *end = link + sizeof link - 1;
    *end = 0;
    unsigned digits = (unsigned)fd;
    do
        *--end = (char)('0' + digits % 10);
    while ((digits /= 10) != 0);
    end -= 14;
    memcpy(end, "/proc/self/fd/", 14);
    ssize_t length = readlink(end, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strstr(path, files) != NULL;
}

static int fails(int fd, int kind)
{
    int saved = errno;
    int fail = 0;
    if (control != NULL && (__atomic_load_n(&control->kinds, __ATOMIC_SEQ_CST) & kind) != 0 && is_meant(fd)
        && __atomic_fetch_sub(&control->passing, 1, __ATOMIC_SEQ_CST) <= 0) {
        int32_t left = __atomic_load_n(&control->failing, __ATOMIC_SEQ_CST);
        while (left > 0 && !__atomic_compare_exchange_n(&control->failing, &left, left - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
            ;
        fail = left != 0;
    }
    errno = saved;
    if (fail) {
        __atomic_fetch_add(&control->failed, 1, __ATOMIC_SEQ_CST);
        errno = control->error;
    }
    return fail;
}

static int flushed(int fd, int result)
{
    int saved = errno;
    if (result == 0 && is_meant(fd))
        __atomic_fetch_add(&control->flushed, 1, __ATOMIC_SEQ_CST);
    errno = saved;
    return result;
}

#define NEXT(type, name) \
    static type next; \
    if (next == NULL) \
        next = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off_t);
typedef int (*flush_call)(int);
typedef int (*truncate_call)(int, off_t);
typedef int (*allocate_call)(int, off_t, off_t);

ssize_t write(int fd, const void *bytes, size_t count)
{
    NEXT(write_call, "write");
    return fails(fd, WRITES) ? -1 : next(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    NEXT(pwrite_call, "pwrite");
    return fails(fd, WRITES) ? -1 : next(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset)
{
    NEXT(pwrite_call, "pwrite64");
    return fails(fd, WRITES) ? -1 : next(fd, bytes, count, offset);
}

int fsync(int fd)
{
    NEXT(flush_call, "fsync");
    return fails(fd, FLUSHES) ? -1 : flushed(fd, next(fd));
}

int fdatasync(int fd)
{
    NEXT(flush_call, "fdatasync");
    return fails(fd, FLUSHES) ? -1 : flushed(fd, next(fd));
}

int ftruncate(int fd, off_t length)
{
    NEXT(truncate_call, "ftruncate");
    return fails(fd, WRITES) ? -1 : next(fd, length);
}

int ftruncate64(int fd, off_t length)
{
    NEXT(truncate_call, "ftruncate64");
    return fails(fd, WRITES) ? -1 : next(fd, length);
}

/* Gives its error as its result. */
int posix_fallocate(int fd, off_t offset, off_t length)
{
    NEXT(allocate_call, "posix_fallocate");
    return fails(fd, WRITES) ? control->error : next(fd, offset, length);
}

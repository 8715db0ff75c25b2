#ifndef SNUG_LINUX_H
#define SNUG_LINUX_H

/* What Swift's Glibc leaves out: epoll, and prctl, which takes a variable number of arguments. */
#include <sys/epoll.h>
#include <sys/prctl.h>

/* Lets timers of this thread end at most so many nanoseconds late, instead of 50,000. */
static inline void set_timer_slack(unsigned long nanoseconds) { prctl(PR_SET_TIMERSLACK, nanoseconds); }

#endif

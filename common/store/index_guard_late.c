/* What the compiler makes of index_guard.cc calls these: the C++ runtime comes with libnotmuch, when that does. The declarations are
 * the Itanium C++ ABI's. */
#include <stdint.h>
#include <unwind.h>

#include "late.h"

#define LATE_LIBRARY "libstdc++.so.6"

typedef struct _Unwind_Exception *exception;
typedef struct _Unwind_Context   *context;

_Unwind_Reason_Code __gxx_personality_v0(int version, _Unwind_Action what, uint64_t class, exception e, context c);
void *__cxa_begin_catch(void *e);
void __cxa_end_catch(void);

LATE(_Unwind_Reason_Code, __gxx_personality_v0, (int version, _Unwind_Action what, uint64_t class, exception e, context c),
     (version, what, class, e, c))
LATE(void *, __cxa_begin_catch, (void *e), (e))
LATE_VOID(__cxa_end_catch, (void), ())

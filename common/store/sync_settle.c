#include "dirwatch.h"
#include "sync.h"

int sync_watched(struct store *s)
{
	uint32_t boxes[DIRWATCH_FOLDERS];
	size_t   n = dirwatch_boxes(s, boxes);
	int      r = sync_index(s);

	for (size_t i = 0; r == 0 && i < n; i++)
		r = sync_heard(s, boxes[i]);
	return r;
}

bool sync_unsettled(struct store *s)
{
	uint32_t boxes[DIRWATCH_FOLDERS];
	size_t   n = dirwatch_boxes(s, boxes);
	bool     any = false;

	dirwatch_listen(s);
	for (size_t i = 0; i < n; i++)
		any |= dirwatch_told(s, boxes[i]);
	return any;
}

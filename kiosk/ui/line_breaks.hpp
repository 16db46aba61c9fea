// Where the lines of a text end, once Pango has set it to a width: readers of easy texts and of
// large ones lose their place at a last line of one short word.
#pragma once

#include <pango/pango.h>

namespace ui {

// All lines of about one length, as a title wants them; no word is parted. More than four lines
// stay as they are: nobody would see it.
void balance_lines(PangoLayout* layout);

// Where the last line of a paragraph is much shorter than the one before, a word comes down to it.
// One paragraph of a few lines is balanced instead.
void leave_no_orphan(PangoLayout* layout);

}  // namespace ui

#ifndef REPRO_AUDIT_CLIBXML2_SHIMS_H
#define REPRO_AUDIT_CLIBXML2_SHIMS_H

// Debian's libxml2 is built with ICU, whose headers clash with Foundation's own copy. Nothing here touches
// xmlCharEncodingHandler, the one structure whose layout depends on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xmlwriter.h>
#include <libxml/xpath.h>

// xmlFree is a variable holding a function pointer, which Swift 6 sees as unsafe shared state.
static inline void repro_audit_xml_free(void *pointer) { xmlFree(pointer); }

#endif

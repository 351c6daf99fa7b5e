// What the plugin and its companion in clang say to each other. The companion links against clang, which opt does
// not contain; so it is a library of its own that the plugin loads where there is a clang.
#ifndef NABLA_CLANG_H
#define NABLA_CLANG_H

#ifdef __cplusplus
extern "C" {
#endif

/// Says of the function or variable with this (mangled) name what `annotate(text)` would say at its definition.
typedef void (*NablaAnnotate)(const char *name, const char *text);

/// Joins the front end that is about to run: `plugin` is the path of the pass plugin, which compilations shall use as
/// if by `-fpass-plugin=`; `annotate` is called before their optimisation starts.
void nablaAttachToClang(const char *plugin, NablaAnnotate annotate);

#ifdef __cplusplus
}
#endif
#endif

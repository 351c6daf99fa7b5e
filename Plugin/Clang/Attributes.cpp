// The plugin as a plugin of clang itself: `clang -fplugin=libNabla.so`.
//
// In: attributes of functions and variables, `[[nabla::inactive]]`, `__attribute__((enzyme_function_like("log1p")))`
// and so on. Out: `annotate` attributes with the same text, which clang writes into the module for all that is
// defined there; what is only declared is told to the plugin by its mangled name.
#include "nabla_clang.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/Mangle.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendPluginRegistry.h>
#include <clang/Sema/ParsedAttr.h>
#include <clang/Sema/Sema.h>
#include <clang/Sema/SemaDiagnostic.h>
#include <llvm/Config/llvm-config.h>

#include <algorithm>
#include <string>

using namespace clang;

namespace {

std::string plugin;
NablaAnnotate annotate;

// ---- Attributes -------------------------------------------------------------------------------------------------------

#if LLVM_VERSION_MAJOR < 18
constexpr auto standardSyntax = AttributeCommonInfo::AS_C2x;
#else
constexpr auto standardSyntax = AttributeCommonInfo::AS_C23;
#endif

/// An attribute, `Word::text` its name without prefix: in GNU's syntax with both prefixes, in that of C++11 and C23
/// with both namespaces or prefixes. Clang drops the arguments of `[[nabla::word(…)]]` unless it knows `word` by itself.
template <class Word>
struct Attribute : ParsedAttrInfo {
  Attribute() {
    OptArgs = Word::takesText; // `NumArgs` are checked before there is anything to point at
    static constexpr Spelling spellings[] = {
        {ParsedAttr::AS_GNU, Word::nabla},
        {ParsedAttr::AS_GNU, Word::enzyme},
        {ParsedAttr::AS_CXX11, Word::nablaScoped},
        {ParsedAttr::AS_CXX11, Word::enzymeScoped},
        {standardSyntax, Word::nablaScoped},
        {standardSyntax, Word::enzymeScoped},
        {ParsedAttr::AS_CXX11, Word::nabla},
        {ParsedAttr::AS_CXX11, Word::enzyme},
        {standardSyntax, Word::nabla},
        {standardSyntax, Word::enzyme},
        {ParsedAttr::AS_CXX11, Word::text},
        {standardSyntax, Word::text},
    };
    Spellings = llvm::ArrayRef<Spelling>(spellings).drop_back(Word::takesText ? 0 : 2);
  }

  bool diagAppertainsToDecl(Sema &sema, const ParsedAttr &attribute, const Decl *declaration) const override {
    if (isa<FunctionDecl>(declaration) || (Word::ofVariables && isa<VarDecl>(declaration))) return true;
    auto &diagnostics = sema.getDiagnostics();
    unsigned message = diagnostics.getCustomDiagID(
        DiagnosticsEngine::Warning, "nabla: %0 has no effect here; it belongs to functions%select{| and variables}1");
    diagnostics.Report(attribute.getLoc(), message) << attribute.getAttrName() << Word::ofVariables;
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &sema, Decl *declaration, const ParsedAttr &attribute) const override {
    std::string text = std::string("nabla_") + Word::text;
    if (Word::takesText) {
      StringRef value;
      if (attribute.getNumArgs() != 1 || !sema.checkStringLiteralArgumentAttr(attribute, 0, value)) {
        auto &diagnostics = sema.getDiagnostics();
        unsigned message = diagnostics.getCustomDiagID(
            DiagnosticsEngine::Error, "nabla: '%0' names a function of <math.h>, as in %0(\"log1p\")");
        diagnostics.Report(attribute.getLoc(), message) << attribute.getAttrName()->getName();
        return AttributeNotApplied;
      }
      text += "=" + value.str();
    }
    declaration->addAttr(AnnotateAttr::Create(sema.Context, text, nullptr, 0, attribute.getRange()));
    return AttributeApplied;
  }
};

#define NABLA_ATTRIBUTE(Name, word, variables, argument)                      \
  struct Name {                                                               \
    static constexpr const char *text = word, *nabla = "nabla_" word, *enzyme = "enzyme_" word, \
                                *nablaScoped = "nabla::" word, *enzymeScoped = "enzyme::" word; \
    static constexpr bool ofVariables = variables, takesText = argument;      \
  };                                                                          \
  ParsedAttrInfoRegistry::Add<Attribute<Name>> register##Name("nabla_" word, "")

NABLA_ATTRIBUTE(Inactive, "inactive", true, false);
NABLA_ATTRIBUTE(NoFree, "nofree", false, false);
NABLA_ATTRIBUTE(FunctionLike, "function_like", false, true);
NABLA_ATTRIBUTE(ShouldRecompute, "shouldrecompute", false, false);
NABLA_ATTRIBUTE(SparseAccumulate, "sparse_accumulate", false, false);

// ---- Declarations without definition ---------------------------------------------------------------------------------

/// Tells the plugin what annotations say of functions and variables that this module does not define: clang writes
/// only those of definitions.
struct DeclarationVisitor : RecursiveASTVisitor<DeclarationVisitor> {
  ASTNameGenerator names;

  explicit DeclarationVisitor(ASTContext &context) : names(context) {}
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(FunctionDecl *function) {
    if (!function->isDefined() && !function->isDependentContext()) tell(function);
    return true;
  }

  bool VisitVarDecl(VarDecl *variable) {
    if (variable->hasGlobalStorage() && variable->hasDefinition() == VarDecl::DeclarationOnly &&
        !variable->getType()->isDependentType())
      tell(variable);
    return true;
  }

  void tell(const NamedDecl *declaration) {
    for (const auto *attribute : declaration->specific_attrs<AnnotateAttr>()) {
      StringRef text = attribute->getAnnotation();
      if (text.find("nabla_") != 0 && text.find("enzyme_") != 0) continue;
      annotate(names.getName(declaration).c_str(), text.str().c_str());
    }
  }
};

struct DeclarationConsumer : ASTConsumer {
  void HandleTranslationUnit(ASTContext &context) override {
    DeclarationVisitor(context).TraverseDecl(context.getTranslationUnitDecl());
  }
};

// ---- The front end's action ------------------------------------------------------------------------------------------

/// Runs ahead of code generation in every compilation that loads the plugin.
struct Action : PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &, llvm::StringRef) override {
    return std::make_unique<DeclarationConsumer>();
  }

  /// Enters the pass plugin, unless the command line did.
  bool ParseArgs(const CompilerInstance &compiler, const std::vector<std::string> &) override {
    // The options are this compilation's own; only this callback sees them as constant.
    auto &passPlugins = const_cast<CodeGenOptions &>(compiler.getCodeGenOpts()).PassPlugins;
    if (std::find(passPlugins.begin(), passPlugins.end(), plugin) == passPlugins.end()) passPlugins.push_back(plugin);
    return true;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }
};

FrontendPluginRegistry::Add<Action> registerAction("nabla", "differentiates what the program asks for");

} // namespace

extern "C" __attribute__((visibility("default"))) void nablaAttachToClang(const char *path, NablaAnnotate sink) {
  plugin = path;
  annotate = sink;
}

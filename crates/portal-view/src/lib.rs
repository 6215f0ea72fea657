//! `view!` in the grammar of Leptos, written out as calls of one element type instead of a type of its own for each
//! view. What the calls do stands in `src/view/` of the page; why it exists, in docs/decisions.md, "The program".
//!
//! Understood: elements, components, text in quotes, `{expressions}`; attributes, `on:event`, `style:property`,
//! `prop:property`, `node_ref`. What Leptos has besides is refused with a message.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Code;
use quote::{format_ident, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use rstml::{Infallible, Parser, ParserConfig};
use syn::spanned::Spanned;
use syn::{Error, Expr, Result, Stmt};

/// Draws elements and components: a `crate::view::Part`.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    written_out(tokens.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn written_out(tokens: Code) -> Result<Code> {
    let nodes = Parser::new(ParserConfig::new()).parse_simple(tokens)?;
    let [node] = nodes.as_slice() else { return fragment(&nodes) };
    alone(node)
}

/// Several nodes beside each other.
fn fragment(nodes: &[Node]) -> Result<Code> {
    let children = children(nodes)?;
    Ok(quote! { crate::view::El::fragment() #children .part() })
}

/// One node that is the whole view, or a child.
fn alone(node: &Node) -> Result<Code> {
    match node {
        Node::Element(element) if is_component(element.name()) => component(element),
        Node::Element(element) => plain(element),
        other => fragment(std::slice::from_ref(other)),
    }
}

fn children(nodes: &[Node]) -> Result<Code> {
    nodes.iter().map(child).collect()
}

fn child(node: &Node) -> Result<Code> {
    Ok(match node {
        Node::Element(_) => {
            let part = alone(node)?;
            quote! { .child(#part) }
        }
        Node::Block(block) => {
            let inside = inside(block)?;
            quote_spanned! { block.span() => .child(#inside) }
        }
        Node::Text(text) => {
            let text = &text.value;
            quote! { .text(#text) }
        }
        Node::Comment(_) => Code::new(),
        other => {
            return Err(Error::new(other.span(), "only elements, \"text\" and {expressions} can stand here"));
        }
    })
}

/// `<div class="x">…</div>`
fn plain(element: &NodeElement<Infallible>) -> Result<Code> {
    let name = element.name().to_string();
    let attributes: Code = element.attributes().iter().map(attribute).collect::<Result<_>>()?;
    let children = children(&element.children)?;
    let start = match name.as_str() {
        "svg" | "path" => quote! { crate::view::El::svg(#name) },
        _ => quote! { crate::view::El::new(#name) },
    };
    Ok(quote! { #start #attributes #children .part() })
}

fn attribute(attribute: &NodeAttribute) -> Result<Code> {
    let keyed = keyed(attribute)?;
    let name = keyed.key.to_string();
    let value = match value(keyed)? {
        Some(value) => quote! { #value },
        None => quote! { true },
    };
    let span = keyed.key.span();
    Ok(match name.split_once(':') {
        // Leptos has no name for this one.
        Some(("on", "cancel")) => {
            quote! { .on(::leptos::ev::Custom::<::leptos::ev::Event>::new("cancel"), #value) }
        }
        Some(("on", event)) => {
            let event = format_ident!("{event}", span = span);
            quote! { .on(::leptos::ev::#event, #value) }
        }
        Some(("style", property)) => quote! { .style(#property, #value) },
        Some(("prop", property)) => quote! { .prop(#property, #value) },
        Some(_) => return Err(Error::new(span, "only on:, style: and prop: are understood")),
        None if name == "node_ref" => quote! { .node_ref(#value) },
        None => quote! { .attr(#name, #value) },
    })
}

/// `<Banner label=x>…</Banner>`
fn component(element: &NodeElement<Infallible>) -> Result<Code> {
    let name = element.name();
    let props: Code = element
        .attributes()
        .iter()
        .map(|attribute| {
            let keyed = keyed(attribute)?;
            let key = format_ident!("{}", keyed.key.to_string(), span = keyed.key.span());
            // A name alone is a variable of that name.
            let value = match value(keyed)? {
                Some(value) => quote! { #value },
                None => quote! { #key },
            };
            Ok(quote! { .#key(#value) })
        })
        .collect::<Result<_>>()?;
    let children = match element.children.as_slice() {
        [] => Code::new(),
        [one] => {
            let part = alone(one)?;
            quote! { .children(crate::view::ToChildren::to_children(move || #part)) }
        }
        several => {
            let part = fragment(several)?;
            quote! { .children(crate::view::ToChildren::to_children(move || #part)) }
        }
    };
    Ok(quote! {
        ::leptos::component::component_view(
            #name,
            ::leptos::component::component_props_builder(&#name) #props #children .build()
        )
    })
}

/// The expression of a block that is nothing but one, else the block.
fn inside(block: &NodeBlock) -> Result<Code> {
    let block = block.try_block().ok_or_else(|| Error::new(block.span(), "no block of code"))?;
    Ok(match block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => quote! { #expression },
        _ => quote! { #block },
    })
}

fn is_component(name: &NodeName) -> bool {
    let name = name.to_string();
    name.contains("::") || name.starts_with(|first: char| first.is_ascii_uppercase())
}

fn keyed(attribute: &NodeAttribute) -> Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(keyed) => Ok(keyed),
        NodeAttribute::Block(block) => Err(Error::new(block.span(), "attributes need a name")),
    }
}

fn value(keyed: &KeyedAttribute) -> Result<Option<&Expr>> {
    match keyed.possible_value.to_value() {
        None => Ok(None),
        Some(_) => {
            keyed.value().map(Some).ok_or_else(|| Error::new(keyed.key.span(), "the value is no expression"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream as Code;
    use quote::quote;

    use super::written_out;

    fn assert_written(view: Code, code: Code) {
        assert_eq!(written_out(view).unwrap().to_string(), code.to_string());
    }

    fn refused(view: Code) -> String {
        written_out(view).unwrap_err().to_string()
    }

    #[test]
    fn an_element_with_everything_that_is_understood() {
        assert_written(
            quote! { <a class="tile" href=href aria-label={label} required node_ref=link on:click=act style:--rows=rows prop:value=value>"Open "{name}</a> },
            quote! {
                crate::view::El::new("a")
                    .attr("class", "tile")
                    .attr("href", href)
                    .attr("aria-label", { label })
                    .attr("required", true)
                    .node_ref(link)
                    .on(::leptos::ev::click, act)
                    .style("--rows", rows)
                    .prop("value", value)
                    .text("Open ")
                    .child(name)
                    .part()
            },
        );
    }

    #[test]
    fn pictures_have_elements_of_their_own_kind() {
        assert_written(
            quote! { <svg><path d=outline></path></svg> },
            quote! {
                crate::view::El::svg("svg").child(crate::view::El::svg("path").attr("d", outline).part()).part()
            },
        );
    }

    // A name alone is a variable of that name; what stands between the tags comes as a closure.
    #[test]
    fn a_component_gets_props_and_children() {
        assert_written(
            quote! { <Notice title tone=Tone::Warn><p>"x"</p></Notice> },
            quote! {
                ::leptos::component::component_view(
                    Notice,
                    ::leptos::component::component_props_builder(&Notice)
                        .title(title)
                        .tone(Tone::Warn)
                        .children(crate::view::ToChildren::to_children(
                            move || crate::view::El::new("p").text("x").part()
                        ))
                        .build()
                )
            },
        );
        assert!(
            written_out(quote! { <pages::banner::Banner /> }).unwrap().to_string().contains("component_view")
        );
    }

    #[test]
    fn several_nodes_are_one_part() {
        assert_written(
            quote! { <i></i>{rest} },
            quote! { crate::view::El::fragment().child(crate::view::El::new("i").part()).child(rest).part() },
        );
    }

    // What Leptos has besides fails where it is written, and not by doing something else.
    #[test]
    fn the_rest_is_refused() {
        assert!(refused(quote! { <div {..more}></div> }).contains("need a name"));
        assert!(refused(quote! { <div class:open=open></div> }).contains("on:, style: and prop:"));
        assert!(refused(quote! { <!DOCTYPE html> }).contains("only elements"));
    }
}
